using MultiCluster.Attention;
using MultiCluster.Terminal;

namespace MultiCluster.Reports.Content;

/// <summary>What needs a look, as parts of a report.</summary>
internal static class FindingSections
{
    /// <summary>The parts.</summary>
    public static IEnumerable<ReportSection> Of(IReadOnlyList<KubeFinding> findings)
    {
        if (findings.Count > 0)
        {
            yield return By("Findings by cluster", findings, static finding => finding.ClusterName);
            yield return By("Findings by rule", findings, static finding => finding.Rule);
        }

        yield return ObjectTable.Of("Findings", null, findings) with { Empty = "Nothing needs a look." };
    }

    private static ReportChart By(string title, IReadOnlyList<KubeFinding> findings, Func<KubeFinding, string> key) => new(
        title,
        null,
        [new("Error", Tone.Bad), new("Warning", Tone.Warning), new("Info")],
        [.. findings.GroupBy(key).OrderByDescending(static group => group.Count()).Select(static group => new ReportBar(group.Key, [Of(group, FindingSeverity.Error), Of(group, FindingSeverity.Warning), Of(group, FindingSeverity.Info)]))])
    {
        Stacked = true,
    };

    private static double? Of(IEnumerable<KubeFinding> findings, FindingSeverity severity) => findings.Count(finding => finding.Severity == severity);
}
