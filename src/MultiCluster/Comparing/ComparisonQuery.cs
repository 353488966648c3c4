namespace MultiCluster.Comparing;

/// <summary>What is compared with what.</summary>
internal sealed record ComparisonQuery
{
    /// <summary>Kinds, in any form that <c>kubectl get</c> takes.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Names, with wildcards; none for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Namespaces; none for the session's.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Label selector.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Whether objects of one name are compared between clusters or between namespaces.</summary>
    public ComparisonBy By { get; init; }

    /// <summary>Paths, as they are written for Select-Object: what is there is compared, and shown where it is the same, too. None for everything.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Compares the status, too.</summary>
    public bool IncludeStatus { get; init; }

    /// <summary>What is the same everywhere has rows, too.</summary>
    public bool IncludeEqual { get; init; }
}

/// <summary>Between what objects of one name are compared.</summary>
internal enum ComparisonBy
{
    /// <summary>Between clusters: those of one namespace and name.</summary>
    Cluster,

    /// <summary>Between namespaces, of one cluster or of several: those of one name.</summary>
    Namespace,
}
