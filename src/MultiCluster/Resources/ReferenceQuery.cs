namespace MultiCluster.Resources;

/// <summary>Which objects are wanted, each in its own cluster.</summary>
internal sealed record ReferenceQuery
{
    /// <summary>The objects. One that is named twice is read once.</summary>
    public IEnumerable<ObjectReference> References { get; init; } = [];

    /// <summary>Kinds of which they must be, in any form that <c>kubectl get</c> takes; none for any.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>The kind of those that do not say theirs; null where they must.</summary>
    public string? DefaultKind { get; init; }

    /// <summary>Metadata only.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>Answers from the live caches of the clusters where there are such; what has none is asked for.</summary>
    public bool Cached { get; init; }

    /// <summary>How many objects the whole call wants, or null for all.</summary>
    public int? First { get; init; }
}
