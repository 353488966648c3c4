using MultiCluster.Inventory;

namespace MultiCluster.Overview;

/// <summary>What an overview shows.</summary>
internal sealed record OverviewQuery
{
    /// <summary>The whole cluster in a row, or the namespaces that have a row each.</summary>
    public InventoryScope Scope { get; init; } = InventoryScope.Cluster;

    /// <summary>Writes the findings behind the cluster's row, too: both of one reading.</summary>
    public bool WithFindings { get; init; }
}
