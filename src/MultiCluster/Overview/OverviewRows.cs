using MultiCluster.Attention;
using MultiCluster.Attention.Rules;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Inventory;
using MultiCluster.Objects.Json;

namespace MultiCluster.Overview;

/// <summary>Makes rows of what was counted. What nobody could read has no number.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="fleet">The version to hold the cluster's against.</param>
internal sealed class OverviewRows(ClusterConnection connection, FleetVersion fleet)
{
    /// <summary>The cluster's row.</summary>
    public KubeOverview OfCluster(ClusterInventory inventory, OverviewTally tally, IReadOnlyList<KubeFinding> findings)
    {
        var (nodes, whole) = (inventory.HasSeenSome("nodes") ? tally.Nodes : null, tally.Whole);
        var pods = inventory.HasSeenSome("pods") ? whole.Pods : null;
        var seesWorkloads = SeesWorkloads(inventory);
        return Blank() with
        {
            Distribution = DistributionOf(inventory),
            Platform = nodes?.Platform,
            NodesReady = nodes?.Ready,
            NodesTotal = nodes?.All,
            NodesCordoned = nodes?.Cordoned,
            CpuAllocatable = nodes?.Cpu.Total,
            MemoryAllocatable = nodes?.Memory.Total,
            PodsReady = pods?.Ready,
            PodsRunning = pods?.Running,
            PodsPending = pods?.Pending,
            PodsSucceeded = pods?.Succeeded,
            PodsFailed = pods?.Failed,
            PodsUnknown = pods?.Unknown,
            CpuRequest = pods?.CpuRequest.Total,
            CpuLimit = pods?.CpuLimit.Total,
            MemoryRequest = pods?.MemoryRequest.Total,
            MemoryLimit = pods?.MemoryLimit.Total,
            CpuUsage = whole.CpuUsage.Total,
            MemoryUsage = whole.MemoryUsage.Total,
            Namespaces = inventory.HasSeenSome("namespaces") ? whole.Namespaces : null,
            Workloads = seesWorkloads ? whole.Workloads : null,
            WorkloadsNotReady = seesWorkloads ? whole.WorkloadsNotReady : null,
            Warnings = inventory.HasSeenSome("events") ? whole.Warnings : null,
            Attention = findings.Count > 0 || pods is not null || nodes is not null || seesWorkloads ? findings.Count : null,
            Unseen = Unseen(inventory),
        };
    }

    /// <summary>The row of a cluster that does not answer: what is known of it all the same, and why.</summary>
    public KubeOverview OfFault(Fault fault) => Blank() with { Fault = fault with { Cluster = fault.Cluster ?? connection.Identity } };

    /// <summary>A row for each namespace.</summary>
    public IReadOnlyList<KubeNamespaceOverview> OfNamespaces(ClusterInventory inventory, OverviewTally tally, IReadOnlyList<KubeFinding> findings)
    {
        var unseen = Unseen(inventory);
        var found = findings.ToLookup(static finding => finding.Namespace, StringComparer.Ordinal);
        return [.. tally.Places.Select(place => OfNamespace(inventory, place.Namespace, place.Tally, found[place.Namespace].Count()) with { Unseen = unseen })];
    }

    /// <summary>The one row of a cluster that does not answer, where each namespace was to have one.</summary>
    public KubeNamespaceOverview OfNamespaceFault(Fault fault) => new()
    {
        ClusterId = connection.Identity.ClusterId,
        ClusterName = connection.Identity.ClusterName,
        Fault = fault with { Cluster = fault.Cluster ?? connection.Identity },
    };

    private KubeNamespaceOverview OfNamespace(ClusterInventory inventory, string ns, PlaceTally tally, int findings)
    {
        var pods = HasSeen(inventory, "pods", ns) ? tally.Pods : null;
        var seesWorkloads = OverviewTally.WorkloadKinds.All(kind => HasSeen(inventory, kind, ns));
        return new()
        {
            ClusterId = connection.Identity.ClusterId,
            ClusterName = connection.Identity.ClusterName,
            Namespace = ns,
            PodsReady = pods?.Ready,
            PodsRunning = pods?.Running,
            PodsPending = pods?.Pending,
            PodsSucceeded = pods?.Succeeded,
            PodsFailed = pods?.Failed,
            PodsUnknown = pods?.Unknown,
            CpuRequest = pods?.CpuRequest.Total,
            CpuLimit = pods?.CpuLimit.Total,
            MemoryRequest = pods?.MemoryRequest.Total,
            MemoryLimit = pods?.MemoryLimit.Total,
            CpuUsage = tally.CpuUsage.Total,
            MemoryUsage = tally.MemoryUsage.Total,
            Workloads = seesWorkloads ? tally.Workloads : null,
            WorkloadsNotReady = seesWorkloads ? tally.WorkloadsNotReady : null,
            Warnings = HasSeen(inventory, "events", ns) ? tally.Warnings : null,
            Attention = findings > 0 || pods is not null || seesWorkloads ? findings : null,
        };
    }

    private KubeOverview Blank() => new()
    {
        ClusterId = connection.Identity.ClusterId,
        ClusterName = connection.Identity.ClusterName,
        Version = connection.Version,
        Distribution = connection.Distribution,
        Skew = fleet.SkewOf(connection.Version),
        CertificateExpires = connection.Telemetry?.CertificateExpires,
    };

    /// <summary>An OpenShift server calls itself by Kubernetes' version, at an address of anybody's; its operators tell.</summary>
    private string? DistributionOf(ClusterInventory inventory) =>
        connection.Distribution is (null or "Kubernetes") && inventory.IsServed(ClusterOperatorRule.Resource) ? "OpenShift" : connection.Distribution;

    private static bool SeesWorkloads(ClusterInventory inventory) => OverviewTally.WorkloadKinds.All(inventory.HasSeenSome);

    private static bool HasSeen(ClusterInventory inventory, string resource, string ns) =>
        inventory.Unseen.FirstOrDefault(one => one.Resource == resource) is not { } unseen || unseen.Namespaces.Contains(ns);

    private static TextList Unseen(ClusterInventory inventory) => [.. inventory.Unseen.Select(static one => one.ToString())];
}
