using MultiCluster.Resources;

namespace MultiCluster.Relations;

/// <summary>Whose relations are wanted of every cluster, and how far.</summary>
internal sealed record RelationQuery
{
    /// <summary>Relations of one cluster, unless the user says otherwise.</summary>
    public const int DefaultLimit = 1000;

    /// <summary>Steps from an object, unless the user says otherwise: a Deployment's StorageClass is five away.</summary>
    public const int DefaultDepth = 5;

    /// <summary>The kind, in any form that <c>kubectl get</c> takes; null with <see cref="References"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>Names, with wildcards; none for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Namespaces; none for the session's.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Objects that were read before, in the place of a kind and names.</summary>
    public IReadOnlyList<ObjectReference> References { get; init; } = [];

    /// <summary>Which way.</summary>
    public RelationDirection Direction { get; init; } = RelationDirection.Both;

    /// <summary>How many steps from the object.</summary>
    public int Depth { get; init; } = DefaultDepth;

    /// <summary>How many relations of one cluster at the most.</summary>
    public int Limit { get; init; } = DefaultLimit;
}
