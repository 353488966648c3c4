using MultiCluster.Objects.Selectors;

namespace MultiCluster.Inventory;

/// <summary>Which namespaces are looked at: the whole cluster, or those that are named.</summary>
internal sealed class InventoryScope
{
    private readonly NameFilter _names;

    private InventoryScope(NameFilter names) => _names = names;

    /// <summary>All namespaces, and what belongs to none.</summary>
    public static InventoryScope Cluster => new(new NameFilter([]));

    /// <summary>True for the whole cluster.</summary>
    public bool IsCluster => _names.IsEmpty;

    /// <summary>The namespaces that are read one by one; null where all are listed at once.</summary>
    public IReadOnlyList<string>? Namespaces => _names.NeedsList ? null : _names.Exact;

    /// <summary>Those namespaces, by names and patterns; the whole cluster when there is none.</summary>
    /// <exception cref="Faults.FaultException">A name can be none (Invalid).</exception>
    public static InventoryScope Of(IReadOnlyList<string> namespaces) => new(new NameFilter(namespaces));

    /// <summary>True for a namespace that is looked at.</summary>
    public bool Has(string? ns) => IsCluster || (ns is not null && _names.Matches(ns));
}
