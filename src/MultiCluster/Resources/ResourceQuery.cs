namespace MultiCluster.Resources;

/// <summary>Which objects are wanted of every cluster.</summary>
public sealed record ResourceQuery
{
    /// <summary>Kinds, in any form that <c>kubectl get</c> takes.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Names; those with wildcards are filtered here, the others are asked for one by one. None for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Namespaces; none for the session's.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Label selector.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Metadata only.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>Answers from the live caches of the clusters where there are such; what has none is asked for.</summary>
    public bool Cached { get; init; }

    /// <summary>How many objects the whole call wants, or null for all.</summary>
    public int? First { get; init; }
}
