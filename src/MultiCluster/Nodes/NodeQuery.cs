namespace MultiCluster.Nodes;

/// <summary>Which nodes are meant, of every cluster.</summary>
public sealed record NodeQuery
{
    /// <summary>Names; with wildcards too. None for every node that the selector fits.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Label selector.</summary>
    public string? LabelSelector { get; init; }
}
