using System.Globalization;
using MultiCluster.Inventory;
using MultiCluster.Objects;
using MultiCluster.Overview;
using MultiCluster.Terminal;

namespace MultiCluster.Reports.Content;

/// <summary>Clusters at a glance, as parts of a report.</summary>
internal static class FleetSections
{
    private const double Gibibyte = 1L << 30;
    private const string NotKnown = "not known";

    /// <summary>The parts.</summary>
    public static IEnumerable<ReportSection> Of(IReadOnlyList<KubeOverview> clusters)
    {
        yield return Cards(clusters);
        yield return ObjectTable.Of("Clusters", null, clusters);
        yield return Capacity("CPU by cluster", "Cores that pods may have, that they request, and that they use.", clusters, static one => (one.CpuAllocatable, one.CpuRequest, one.CpuUsage), 1, static cores => cores.ToString("#,0.#", CultureInfo.InvariantCulture));
        yield return Capacity("Memory by cluster", "GiB that pods may have, that they request, and that they use.", clusters, static one => (one.MemoryAllocatable, one.MemoryRequest, one.MemoryUsage), Gibibyte, static size => size.ToString("#,0.#", CultureInfo.InvariantCulture));
        yield return new ReportChart(
            "Pods by state",
            null,
            [new("Running"), new("Pending", Tone.Warning), new("Failed", Tone.Bad), new("Succeeded"), new("Unknown")],
            [.. clusters.Where(static one => one.PodsRunning is not null).Select(static one => new ReportBar(one.ClusterName, [one.PodsRunning, one.PodsPending, one.PodsFailed, one.PodsSucceeded, one.PodsUnknown]))])
        {
            Stacked = true,
        };
        yield return new ReportChart(
            "Versions",
            "How many clusters have which.",
            [new("Clusters")],
            [.. clusters.GroupBy(static one => one.Version ?? NotKnown).OrderByDescending(static group => group.Count()).Select(static group => new ReportBar(group.Key, [group.Count()]))]);
    }

    /// <summary>What of the clusters could not be seen; null when all was.</summary>
    public static ReportTable? Unseen(IReadOnlyList<KubeOverview> clusters)
    {
        IReadOnlyList<object?>[] rows =
        [
            .. clusters.Where(static one => one.Fault is not null).Select(static one => (IReadOnlyList<object?>)[one.ClusterName, "the cluster", one.Fault]),
            .. clusters.SelectMany(static one => one.Unseen.Select(UnseenKind.Parts).Select(unseen => (IReadOnlyList<object?>)[one.ClusterName, unseen.What, unseen.Why])),
        ];
        return rows.Length == 0 ? null : ObjectTable.Of("What could not be read", "Figures do not hold it: they may be too low.", ["Cluster", "What", "Why"], rows);
    }

    private static ReportCards Cards(IReadOnlyList<KubeOverview> clusters)
    {
        var silent = clusters.Count(static one => one.Fault is not null);
        var (ready, nodes) = (clusters.Sum(static one => one.NodesReady), clusters.Sum(static one => one.NodesTotal));
        var (up, pods) = (clusters.Sum(static one => one.PodsReady), clusters.Sum(static one => one.PodsRunning + one.PodsPending + one.PodsUnknown));
        return new ReportCards(
            "At a glance",
            null,
            [
                new("Clusters that answer", $"{clusters.Count - silent} of {clusters.Count}", silent > 0 ? Tone.Bad : Tone.Plain),
                new("Nodes ready", clusters.All(static one => one.NodesTotal is null) ? NotKnown : $"{ready} of {nodes}", ready < nodes ? Tone.Warning : Tone.Plain),
                new("Pods ready", clusters.All(static one => one.PodsRunning is null) ? NotKnown : string.Create(CultureInfo.InvariantCulture, $"{up:#,0} of {pods:#,0}"), up < pods ? Tone.Warning : Tone.Plain),
                new("CPU requested", Share(clusters.Where(static one => one.CpuAllocatable is not null && one.CpuRequest is not null), static one => one.CpuRequest, static one => one.CpuAllocatable)),
                new("Memory requested", Share(clusters.Where(static one => one.MemoryAllocatable is not null && one.MemoryRequest is not null), static one => one.MemoryRequest, static one => one.MemoryAllocatable)),
                new("Findings", clusters.All(static one => one.Attention is null) ? NotKnown : string.Create(CultureInfo.InvariantCulture, $"{clusters.Sum(static one => one.Attention ?? 0):#,0}"), clusters.Any(static one => one.Attention > 0) ? Tone.Warning : Tone.Plain),
            ]);
    }

    private static string Share(IEnumerable<KubeOverview> clusters, Func<KubeOverview, Quantity?> part, Func<KubeOverview, Quantity?> whole)
    {
        var (some, all) = clusters.Aggregate((0m, 0m), (sum, one) => (sum.Item1 + part(one)!.Value.Value, sum.Item2 + whole(one)!.Value.Value));
        return all == 0 ? NotKnown : string.Create(CultureInfo.InvariantCulture, $"{100 * some / all:0} %");
    }

    private static ReportChart Capacity(
        string title, string note, IReadOnlyList<KubeOverview> clusters, Func<KubeOverview, (Quantity? All, Quantity? Request, Quantity? Usage)> amounts, double unit, Func<double, string> format) =>
        new(
            title,
            note,
            [new("Allocatable"), new("Requested"), new("Used")],
            [.. clusters.Select(one => (one.ClusterName, Amounts: amounts(one))).Where(static one => one.Amounts.All is not null)
                .Select(one => new ReportBar(one.ClusterName, [In(one.Amounts.All, unit), In(one.Amounts.Request, unit), In(one.Amounts.Usage, unit)]))])
        {
            Format = format,
        };

    private static double? In(Quantity? amount, double unit) => amount is { } known ? (double)known / unit : null;
}
