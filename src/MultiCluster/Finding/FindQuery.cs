namespace MultiCluster.Finding;

/// <summary>Which objects are looked for among all kinds of every cluster.</summary>
internal sealed record FindQuery
{
    /// <summary>Names, with wildcards; none for all that the selector selects.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Label selector.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Namespaces; none for all, and what lives outside of them.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Kinds, in any form that <c>kubectl get</c> takes; none for all that can be listed, but for events and measurements.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>How many objects the whole call wants, or null for all.</summary>
    public int? First { get; init; }
}
