using MultiCluster.Measuring;

namespace MultiCluster.Reports.Content;

/// <summary>Objects counted by what they have in common, as parts of a report.</summary>
internal static class MeasurementSections
{
    /// <summary>More bars say nothing: the table has the rest.</summary>
    private const int Most = 50;

    /// <summary>The parts.</summary>
    public static IEnumerable<ReportSection> Of(IReadOnlyList<KubeMeasurement> measurements)
    {
        yield return new ReportChart(
            "Distribution",
            measurements.Count > Most ? $"The {Most} largest of {measurements.Count}." : null,
            [new("Count")],
            [.. measurements.OrderByDescending(static one => one.Count).Take(Most).Select(static one => new ReportBar($"{one.ClusterName} {one.Group}".Trim(), [one.Count]))]);
        yield return ObjectTable.Of("Measurements", null, measurements);
    }
}
