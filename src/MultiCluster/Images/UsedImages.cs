using MultiCluster.Objects.Selectors;

namespace MultiCluster.Images;

/// <summary>The images of all clusters, put together.</summary>
internal sealed class UsedImages
{
    private readonly List<ImagePart> _parts = [];

    /// <summary>Adds a cluster's.</summary>
    public void Add(ImagePart part) => _parts.Add(part);

    /// <summary>The rows, by registry, repository, tag and the number of pods.</summary>
    /// <param name="images">Which are meant, by their names with or without registry and tag, with wildcards; none for all.</param>
    public IEnumerable<KubeImage> Rows(IReadOnlyList<string> images)
    {
        NamePattern[] patterns = [.. images.Select(static text => new NamePattern(text))];
        var used = _parts.SelectMany(static part => part.Pods.Select(pair => (Image: pair.Key, part.Cluster, Pods: pair.Value)))
            .Where(one => patterns.Length == 0 || patterns.Any(pattern => IsMeant(one.Image, pattern)))
            .ToArray();
        var digests = used.Where(static one => one.Image.Tag is not null && one.Image.Digest is not null)
            .GroupBy(static one => one.Image with { Digest = null })
            .ToDictionary(static group => group.Key, static group => group.Select(static one => one.Image.Digest).Distinct(StringComparer.Ordinal).Count());
        return used.GroupBy(static one => one.Image)
            .Select(group => new KubeImage
            {
                Registry = group.Key.Registry,
                Repository = group.Key.Repository,
                Tag = group.Key.Tag,
                Digest = group.Key.Digest,
                Pods = group.Sum(static one => one.Pods.Count),
                Digests = digests.GetValueOrDefault(group.Key with { Digest = null }, group.Key.Digest is null ? 0 : 1),
                Clusters = [.. group.Select(static one => one.Cluster.ClusterName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                ClusterIds = [.. group.Select(static one => one.Cluster.ClusterId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                Namespaces = [.. group.SelectMany(static one => one.Pods).Select(static pod => pod.Namespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            })
            .OrderBy(static row => row.Registry, StringComparer.Ordinal).ThenBy(static row => row.Repository, StringComparer.Ordinal)
            .ThenBy(static row => row.Tag, StringComparer.Ordinal).ThenByDescending(static row => row.Pods).ThenBy(static row => row.Digest, StringComparer.Ordinal);
    }

    /// <summary>What repository: <c>web</c> is <c>registry.example.com/team/web:1.27</c> as well as <c>*/web:1.27</c> is.</summary>
    private static bool IsMeant(ImageName image, NamePattern pattern)
    {
        var last = image.Repository[(image.Repository.LastIndexOf('/') + 1)..];
        foreach (var name in (string[])[last, image.Repository, $"{image.Registry}/{image.Repository}"])
        {
            if (pattern.IsMatch(name) || (image.Tag is not null && pattern.IsMatch($"{name}:{image.Tag}")) || (image.Digest is not null && pattern.IsMatch($"{name}@{image.Digest}")))
                return true;
        }

        return false;
    }
}
