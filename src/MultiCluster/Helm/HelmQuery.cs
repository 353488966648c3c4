using MultiCluster.Resources;

namespace MultiCluster.Helm;

/// <summary>Which Helm releases are wanted of every cluster, and how much of them.</summary>
internal sealed record HelmQuery
{
    /// <summary>Names of releases, with wildcards; none for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Namespaces; none for the session's.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Releases that were read before, in the place of names and namespaces.</summary>
    public IReadOnlyList<ObjectReference> Releases { get; init; } = [];

    /// <summary>Every revision that is kept, and not the latest alone.</summary>
    public bool History { get; init; }

    /// <summary>With the values that its user gave.</summary>
    public bool Values { get; init; }

    /// <summary>With the manifest that it rendered.</summary>
    public bool Manifest { get; init; }

    /// <summary>What the labels say, and no more: no payload is read.</summary>
    public bool MetadataOnly { get; init; }
}
