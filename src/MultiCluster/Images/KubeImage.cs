using MultiCluster.Terminal;

namespace MultiCluster.Images;

/// <summary>An image that pods use, by its tag and by what is really behind it: one row for each digest.</summary>
[Views(Wrap = true)]
public sealed record KubeImage
{
    /// <summary>The registry: <c>registry.example.com</c>, <c>docker.io</c>.</summary>
    [ListItem]
    public required string Registry { get; init; }

    /// <summary>The repository: <c>team/web</c>; of Docker Hub's own images with <c>library/</c> before it.</summary>
    [Column("Image", Width = 32, Script = "'{0}/{1}' -f $cells.Registry, $cells.Repository")]
    [ListItem]
    public required string Repository { get; init; }

    /// <summary>The tag; null for what is asked for by its digest alone.</summary>
    [Column(Width = 12)]
    [ListItem]
    public string? Tag { get; init; }

    /// <summary>The digest that runs, as the container runtime tells it: <c>sha256:...</c>; null where none has started, or the runtime tells none.</summary>
    [Column(Width = 12, Script = "$cells.ShortDigest")]
    [ListItem]
    public string? Digest { get; init; }

    /// <summary>The first letters of the digest, which tell it apart.</summary>
    public string? ShortDigest => Digest is null ? null : Digest.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at && Digest.Length > at + 13 ? Digest[(at + 1)..(at + 13)] : Digest;

    /// <summary>How many pods use it.</summary>
    [Column(Width = 4)]
    [ListItem]
    public int Pods { get; init; }

    /// <summary>In how many clusters.</summary>
    [Column("Clusters", Width = 8)]
    [ListItem]
    public int ClusterCount => Clusters.Count;

    /// <summary>How many digests run under the tag, in all clusters that were asked: more than one is not the same image everywhere.</summary>
    [Column(Width = 7)]
    [ListItem]
    public int Digests { get; init; }

    /// <summary>The names of the clusters.</summary>
    [ListItem(Join = ", ")]
    public required IReadOnlyList<string> Clusters { get; init; }

    /// <summary>The ids of the clusters.</summary>
    public required IReadOnlyList<string> ClusterIds { get; init; }

    /// <summary>The namespaces.</summary>
    [ListItem(Join = ", ")]
    public required IReadOnlyList<string> Namespaces { get; init; }

    /// <summary>The name as it is pulled: with its tag, or where it has none its digest.</summary>
    [ListItem]
    public string Name => TerminalText.VisibleLine($"{Registry}/{Repository}{(Tag is null ? $"@{Digest}" : $":{Tag}")}");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
