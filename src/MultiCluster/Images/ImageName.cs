namespace MultiCluster.Images;

/// <summary>An image's name in its parts: <c>registry.example.com:5000/team/web:1.27@sha256:...</c>.</summary>
/// <remarks>distribution's reference: what stands before the first slash is a registry when it has a dot or a colon, or is localhost; else it is Docker Hub's.</remarks>
internal readonly record struct ImageName(string Registry, string Repository, string? Tag, string? Digest)
{
    private const string Hub = "docker.io";

    /// <summary>The name that a container asks for, or a runtime tells. Without a tag and a digest it is <c>latest</c>.</summary>
    public static ImageName Parse(string text)
    {
        // Older runtimes write how they got it in front.
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var name = scheme < 0 ? text : text[(scheme + 3)..];
        string? digest = null;
        if (name.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
            (name, digest) = (name[..at], name[(at + 1)..]);
        string? tag = null;
        if (name.LastIndexOf(':') is >= 0 and var colon && colon > name.LastIndexOf('/'))
            (name, tag) = (name[..colon], name[(colon + 1)..]);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        var (registry, repository) = first is "localhost" || first.AsSpan().IndexOfAny('.', ':') >= 0 ? (first, name[(slash + 1)..]) : (Hub, slash < 0 ? $"library/{name}" : name);
        if (registry is "index.docker.io" or "registry-1.docker.io")
            registry = Hub;
        return new(registry, repository, tag ?? (digest is null ? "latest" : null), digest);
    }

    /// <summary>The digest of what a container really runs, as its runtime tells it; null where that is an image's own id, which no registry knows.</summary>
    public static string? DigestOf(string? imageId)
    {
        if (imageId is null || imageId.LastIndexOf('@') is not (>= 0 and var at))
            return null;
        return imageId[(at + 1)..];
    }
}
