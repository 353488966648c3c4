using MultiCluster.Attention;
using MultiCluster.Comparing;
using MultiCluster.Measuring;
using MultiCluster.Objects;
using MultiCluster.Overview;

namespace MultiCluster.Reports.Content;

/// <summary>Objects as parts of a report: those that have charts of their own, and tables of all others, a table for each class or kind.</summary>
internal static class ReportContent
{
    /// <summary>The parts, in the order in which the first of each class came.</summary>
    public static IReadOnlyList<ReportSection> Of(IEnumerable<object> objects)
    {
        var sections = new List<ReportSection>();
        foreach (var group in objects.GroupBy(static item => item switch { KubeObject kind => (item.GetType(), kind.Source.Kind.Resource), ReportRow row => (item.GetType(), row.Shape), _ => (item.GetType(), "") }))
        {
            IReadOnlyList<object> members = [.. group];
            sections.AddRange(members[0] switch
            {
                KubeOverview => [.. FleetSections.Of([.. members.Cast<KubeOverview>()]), .. FleetSections.Unseen([.. members.Cast<KubeOverview>()]) is { } unseen ? [unseen] : Array.Empty<ReportSection>()],
                KubeFinding => FindingSections.Of([.. members.Cast<KubeFinding>()]),
                KubeDifference => DifferenceSections.Of([.. members.Cast<KubeDifference>()]),
                KubeMeasurement => MeasurementSections.Of([.. members.Cast<KubeMeasurement>()]),
                KubeObject item => [ObjectTable.Of(item.Source.Kind.Plural, null, members[0].GetType(), members)],
                ReportRow row => [ObjectTable.Of("Rows", null, row.Columns, [.. members.Select(static one => ((ReportRow)one).Values)])],
                _ => [ObjectTable.Of(TitleOf(members[0].GetType()), null, members[0].GetType(), members)],
            });
        }

        return sections;
    }

    /// <summary><c>KubeHelmRelease</c> is "Helm release".</summary>
    private static string TitleOf(Type type)
    {
        var name = type.Name.StartsWith("Kube", StringComparison.Ordinal) ? type.Name[4..] : type.Name;
        return string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
    }
}

/// <summary>A row that somebody has made, with columns of his own.</summary>
/// <param name="Columns">Their names.</param>
/// <param name="Values">A value for each.</param>
internal sealed record ReportRow(IReadOnlyList<string> Columns, IReadOnlyList<object?> Values)
{
    /// <summary>The same for rows with the same columns.</summary>
    public string Shape => string.Join('\n', Columns);
}
