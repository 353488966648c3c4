using MultiCluster.Objects.Selectors;

namespace MultiCluster.Clusters;

/// <summary>Finds clusters by a name, an id, or wildcards on either.</summary>
internal static class ClusterByName
{
    /// <summary>The clusters of exactly this name or id, case and all, alone; without any, those that the wildcards fit.</summary>
    /// <param name="name">The name, the id, or the pattern.</param>
    /// <param name="clusters">Where to look.</param>
    /// <param name="contexts">Whether the name that an alias stands for will do, too.</param>
    public static IReadOnlyList<KubeCluster> Find(string name, IReadOnlyList<KubeCluster> clusters, bool contexts = false)
    {
        var pattern = new NamePattern(name);
        KubeCluster[] exact = [.. clusters.Where(cluster => pattern.IsExactly(cluster.ClusterName) || pattern.IsExactly(cluster.ClusterId) || (contexts && pattern.IsExactly(cluster.Context)))];
        if (exact.Length == 0 && pattern.Literal is { } id)
            exact = [.. clusters.Where(cluster => cluster.Identity.IsAddressedBy(id))];
        return exact.Length > 0 ? exact : [.. clusters.Where(cluster => cluster.Fits(pattern) || (contexts && pattern.IsMatch(cluster.Context)))];
    }
}
