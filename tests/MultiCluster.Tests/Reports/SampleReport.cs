using MultiCluster.Reports;
using MultiCluster.Terminal;

namespace MultiCluster.Tests.Reports;

/// <summary>A report with all that there can be in one.</summary>
internal static class SampleReport
{
    /// <summary>What a hostile server calls its pods.</summary>
    public const string Hostile = "<img src=x onerror=\"document.title='run'\">'`</script><script>document.title='run'</script>\u001b[31m\u202e&amp;";

    /// <summary>A report with one name everywhere.</summary>
    public static KubeReport Of(string name, int rows = 3) => new(name, new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.FromHours(2)),
    [
        new ReportCards(name, name, [new ReportCard(name, name, Tone.Bad), new ReportCard("Nodes", "7")]),
        new ReportTable(
            name,
            null,
            [new ReportColumn(name), new ReportColumn("Restarts", IsNumber: true)],
            [.. Enumerable.Range(1, rows).Select(i => (IReadOnlyList<ReportCell>)[new ReportCell($"{name} {i}", null, Tone.Warning), i == 2 ? new ReportCell(null) : new ReportCell($"{i} x", i * 10)])]),
        new ReportChart(name, null, [new ReportSeries(name), new ReportSeries("Used", Tone.Bad)], [new ReportBar(name, [4, 3]), new ReportBar("b", [null, 2])]),
        new ReportChart("Stacked", "A note.", [new ReportSeries("a"), new ReportSeries("b")], [new ReportBar("x", [1, 2])]) { Stacked = true },
        new ReportTable("Nothing", null, [new ReportColumn("x")], []) { Empty = name },
    ]);
}
