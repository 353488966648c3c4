using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Overview;

/// <summary>Counts a cluster's objects while they arrive: all of them together, or namespace by namespace.</summary>
internal sealed class OverviewTally
{
    /// <summary>The kinds that are counted as workloads.</summary>
    public static readonly IReadOnlyList<string> WorkloadKinds = ["deployments", "statefulsets", "daemonsets"];

    /// <summary>What nodes and pods use, where there is a metrics-server.</summary>
    private static readonly InventoryKind NodeUsage = new("nodes.metrics.k8s.io") { Optional = true };
    private static readonly InventoryKind PodUsage = new("pods.metrics.k8s.io") { Optional = true };

    /// <summary>How long ago a warning was seen at most.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    private readonly InventoryScope _scope;
    private readonly SortedDictionary<string, PlaceTally> _places = new(StringComparer.Ordinal);

    /// <summary>Has the inventory show it what it counts.</summary>
    public OverviewTally(InventoryScope scope, ClusterInventory inventory, DateTimeOffset now)
    {
        _scope = scope;
        foreach (var ns in scope.Namespaces ?? [])
            Of(ns);
        inventory.Look(new("pods"), item => Add(item as KubePod, static (place, pod) => place.Pods.Add(pod)));
        foreach (var kind in WorkloadKinds)
            inventory.Look(new(kind), item => Of(item.Namespace).AddWorkload(item));
        inventory.Look(new("events") { FieldSelector = "type=Warning" }, item =>
        {
            if (item is KubeEvent { LastSeenAt: { } seen } && now - seen <= Lately)
                Of(item.Namespace).AddWarning();
        });
        if (!scope.IsCluster)
        {
            inventory.Look(PodUsage, item => Add(item as KubePodMetrics, static (place, used) => place.AddUsage(used.Cpu, used.Memory)));
            return;
        }

        inventory.Look(NodeUsage, item => Add(item as KubeNodeMetrics, static (place, used) => place.AddUsage(used.Cpu, used.Memory)));
        inventory.Look(new("nodes"), item => Add(item as KubeNode, (_, node) => Nodes.Add(node)));
        inventory.Look(new("namespaces") { MetadataOnly = true }, _ => Whole.AddNamespace());
    }

    /// <summary>The nodes.</summary>
    public NodeTally Nodes { get; } = new();

    /// <summary>The whole cluster.</summary>
    public PlaceTally Whole { get; } = new();

    /// <summary>The namespaces that have anything, and those that were asked for by name.</summary>
    public IEnumerable<(string Namespace, PlaceTally Tally)> Places => _places.Select(static pair => (pair.Key, pair.Value));

    private PlaceTally Of(string? ns)
    {
        if (_scope.IsCluster || ns is null)
            return Whole;
        if (!_places.TryGetValue(ns, out var place))
            _places[ns] = place = new();
        return place;
    }

    private void Add<T>(T? item, Action<PlaceTally, T> add)
        where T : KubeObject
    {
        if (item is not null)
            add(Of(item.Namespace), item);
    }
}
