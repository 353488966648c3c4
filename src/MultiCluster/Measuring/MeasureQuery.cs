namespace MultiCluster.Measuring;

/// <summary>What is counted and added up, and by what.</summary>
internal sealed record MeasureQuery
{
    /// <summary>The kind, in any form that <c>kubectl get</c> takes.</summary>
    public string Kind { get; init; } = "pods";

    /// <summary>Names, with wildcards; none for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Namespaces; none for the session's.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Label selector.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>By what they are put together; none for all in one.</summary>
    public IReadOnlyList<MeasureBy> By { get; init; } = [MeasureBy.Cluster];

    /// <summary>A label by whose values they are put together, too.</summary>
    public string? Label { get; init; }
}

/// <summary>By what objects are put together.</summary>
internal enum MeasureBy
{
    /// <summary>By their cluster.</summary>
    Cluster,

    /// <summary>By the name of their namespace.</summary>
    Namespace,

    /// <summary>Pods, by their node, which is another one in each cluster, whatever its name.</summary>
    Node,

    /// <summary>The containers of pods, by their image.</summary>
    Image,
}
