using MultiCluster.Api.Lists;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>Which objects of a kind a call is about, as servers are asked for them and as they are picked out here.</summary>
internal sealed class WatchScope
{
    private readonly Func<ResourceKind, string, IReadOnlyList<ListQuery>> _places;

    /// <summary>A scope of these places.</summary>
    public WatchScope(Func<ResourceKind, string, IReadOnlyList<ListQuery>> places) => _places = places;

    /// <summary>A scope of these places, of which objects of some names are meant.</summary>
    public WatchScope(Func<ResourceKind, string, IReadOnlyList<ListQuery>> places, Func<string, bool> names, int maxEventBytes)
        : this(places)
    {
        Names = names;
        MaxEventBytes = maxEventBytes;
    }

    /// <summary>The scope of a query.</summary>
    /// <exception cref="Faults.FaultException">A name can name no object (Invalid).</exception>
    public WatchScope(WatchQuery query)
    {
        var names = new NameFilter(query.Names);
        var fieldSelector = query.FieldSelector;
        if (names is { NeedsList: false, Exact: [var only] })
            fieldSelector = string.IsNullOrEmpty(fieldSelector) ? $"metadata.name={only}" : $"{fieldSelector},metadata.name={only}";
        else if (!names.IsEmpty)
            Names = names.Matches;
        MaxEventBytes = query.MaxEventBytes;
        var place = new ListQuery { LabelSelector = query.LabelSelector, FieldSelector = fieldSelector, MetadataOnly = query.MetadataOnly };
        _places = (kind, defaultNamespace) => [.. Namespaces(query, kind, defaultNamespace).Select(ns => place with { Namespace = ns })];
    }

    /// <summary>Picks objects by their name, where the server cannot; null for all.</summary>
    public Func<string, bool>? Names { get; }

    /// <summary>Whether a namespace that has nothing may be one that is not there.</summary>
    public bool ChecksNamespaces { get; init; } = true;

    /// <summary>What is watched where the whole cluster is forbidden; null for all namespaces that are allowed.</summary>
    public Func<ResourceKind, IReadOnlyList<ListQuery>>? Narrower { get; init; }

    /// <summary>The largest event that is read.</summary>
    public int MaxEventBytes { get; } = WatchQuery.DefaultMaxEventBytes;

    /// <summary>What the server is asked for, each by a watch of its own. A null namespace stands for the whole cluster.</summary>
    public IReadOnlyList<ListQuery> Places(ResourceKind kind, string defaultNamespace) => _places(kind, defaultNamespace);

    private static IReadOnlyList<string?> Namespaces(WatchQuery query, ResourceKind kind, string defaultNamespace)
    {
        if (!kind.Namespaced || query.AllNamespaces)
            return [null];
        return query.Namespaces.Count == 0 ? [defaultNamespace] : [.. query.Namespaces.Distinct(StringComparer.Ordinal)];
    }
}
