using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>
/// The kubeconfig that kubectl reads, against what lies about in folders: a backup copy of it in <c>~/.kube</c> makes each of its names
/// there twice.
/// </summary>
internal sealed class DefaultFile(KnownClusters known)
{
    private readonly Dictionary<(string Context, string Kubeconfig), string> _passed = [];

    /// <summary>What was passed over, a sentence each.</summary>
    public IReadOnlyList<string> Details => [.. _passed.Values];

    private Dictionary<string, KubeCluster> Names => field ??= known.Clusters
        .Where(static cluster => cluster.IsOfDefaultFile && cluster.Origin.Problem is null)
        .DistinctBy(static cluster => cluster.ClusterName)
        .ToDictionary(static cluster => cluster.ClusterName, StringComparer.Ordinal);

    /// <summary>Of clusters of one name, those of other files only where the default file has none that can be used.</summary>
    public IEnumerable<KubeCluster> Preferred(IReadOnlyList<KubeCluster> clusters) => clusters.Where(cluster => !Passes(cluster, copiesOnly: false));

    /// <summary>The clusters without copies of the default file's: found by chance, of the same name, at the same server.</summary>
    public IEnumerable<KubeCluster> WithoutCopies(IReadOnlyList<KubeCluster> clusters) => clusters.Where(cluster => !Passes(cluster, copiesOnly: true));

    private bool Passes(KubeCluster cluster, bool copiesOnly)
    {
        if (cluster.Origin.Source != SourceKind.Found || !Names.TryGetValue(cluster.ClusterName, out var preferred))
            return false;
        var isCopy = string.Equals(preferred.Origin.Cluster?.Server?.TrimEnd('/'), cluster.Origin.Cluster?.Server?.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
        if (copiesOnly && !isCopy)
            return false;
        _passed[(cluster.Context, cluster.Kubeconfig)] =
            $"{cluster.ClusterName} is taken from {preferred.Kubeconfig}. The one in {cluster.Kubeconfig} was found beside it: it is selected by its id {CommandText.Quoted(cluster.ClusterId)}.";
        return true;
    }
}
