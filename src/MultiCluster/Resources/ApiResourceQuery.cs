namespace MultiCluster.Resources;

/// <summary>Which of the kinds that clusters serve are wanted. What is left out chooses all.</summary>
internal sealed record ApiResourceQuery
{
    /// <summary>Plurals, singulars, kinds or short names, with wildcards.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>API groups, with wildcards; an empty text is the core group.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>True for kinds whose objects live in namespaces, false for the others, null for both.</summary>
    public bool? Namespaced { get; init; }

    /// <summary>True to ask the clusters even when what they serve is known.</summary>
    public bool Refresh { get; init; }
}
