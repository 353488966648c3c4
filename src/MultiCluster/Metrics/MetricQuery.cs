namespace MultiCluster.Metrics;

/// <summary>Whose usage is wanted of every cluster.</summary>
internal sealed record MetricQuery
{
    /// <summary>How old a measurement may be by default. metrics-server measures every 15 seconds, and some clusters' every minute.</summary>
    public static TimeSpan DefaultMaxAge { get; } = TimeSpan.FromMinutes(5);

    /// <summary>True for nodes; false, the default, for pods.</summary>
    public bool Nodes { get; init; }

    /// <summary>Names, with wildcards; none for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Namespaces; none for the session's.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Label selector.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Containers, with wildcards: a row for each of these in place of one for the pod. None for pods.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>A measurement that is older is stale, and is said to be.</summary>
    public TimeSpan MaxAge { get; init; } = DefaultMaxAge;
}
