using MultiCluster.Objects.Selectors;

namespace MultiCluster.Waiting;

/// <summary>Which objects are waited for on every cluster.</summary>
internal sealed record WaitQuery
{
    /// <summary>What is waited for.</summary>
    public required WaitRule Rule { get; init; }

    /// <summary>How long, from the beginning of the call on.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Objects of certain clusters, by the cluster's id; when there are any, nothing else says which objects are meant.</summary>
    public ILookup<string, WaitTarget>? Targets { get; init; }

    /// <summary>Kinds, in any form that <c>kubectl get</c> takes.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Names. An exact one is waited for even if it is not there yet; with wildcards it means what is there at the beginning.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Namespaces; none for the session's.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces: what is there at the beginning.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Label selector: what fits it at the beginning.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector: what fits it at the beginning.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>True when the objects have to be looked for.</summary>
    public bool Searches => AllNamespaces || LabelSelector is not null || FieldSelector is not null || new NameFilter(Names).NeedsList;
}
