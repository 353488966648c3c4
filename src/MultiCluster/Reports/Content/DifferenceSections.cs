using MultiCluster.Comparing;
using MultiCluster.Terminal;

namespace MultiCluster.Reports.Content;

/// <summary>Where objects differ, as a part of a report: a row for each path, a column for each cluster, the odd cell marked.</summary>
internal static class DifferenceSections
{
    /// <summary>The part.</summary>
    public static IEnumerable<ReportSection> Of(IReadOnlyList<KubeDifference> differences)
    {
        var betweenNamespaces = differences.Any(static one => one.Namespace is null && one.Values.Any(static value => value.Namespace is not null));
        string[] places = [.. differences.SelectMany(static one => one.Values).Select(PlaceOf).Distinct().Order(StringComparer.Ordinal)];
        yield return new ReportTable(
            "Differences",
            "What most others have not is marked.",
            [new("Object"), new("Path"), .. places.Select(static place => new ReportColumn(place))],
            [.. differences.Select(one => (IReadOnlyList<ReportCell>)[new(NameOf(one)), new(one.Path.Length == 0 ? "(object)" : one.Path), .. Cells(one)])])
        {
            Empty = "Nothing differs.",
        };

        string PlaceOf(KubeDifferenceValue value) => betweenNamespaces && value.Namespace is not null ? $"{value.ClusterName}/{value.Namespace}" : value.ClusterName;

        IEnumerable<ReportCell> Cells(KubeDifference difference)
        {
            var values = difference.Values.ToLookup(PlaceOf, StringComparer.Ordinal);
            return places.Select(place => values[place].FirstOrDefault() is { } value ? new ReportCell(value.Text, null, value.IsOdd ? Tone.Warning : Tone.Plain) : new ReportCell(null));
        }
    }

    private static string NameOf(KubeDifference one) => one.Namespace is null ? $"{one.Kind}/{one.Name}" : $"{one.Kind}/{one.Namespace}/{one.Name}";
}
