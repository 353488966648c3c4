using MultiCluster.Inventory;

namespace MultiCluster.Attention.Scanning;

/// <summary>Which findings are wanted.</summary>
internal sealed record AttentionQuery
{
    /// <summary>Names and patterns of rules; none for all.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>How bad; none for all.</summary>
    public IReadOnlyList<FindingSeverity> Severities { get; init; } = [];

    /// <summary>Those that have begun within that time, and those of which nobody knows when they began; null for all.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>Where.</summary>
    public InventoryScope Scope { get; init; } = InventoryScope.Cluster;

    /// <summary>True for those, too, that the preferences ignore.</summary>
    public bool IncludesIgnored { get; init; }
}
