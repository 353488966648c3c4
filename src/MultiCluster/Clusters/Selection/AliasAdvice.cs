using MultiCluster.Faults;

namespace MultiCluster.Clusters;

/// <summary>The command that lets a cluster be selected beside another of its name.</summary>
internal static class AliasAdvice
{
    /// <summary>A <c>Set-KubeCluster</c> that works as it is written.</summary>
    /// <param name="cluster">The cluster that needs another name.</param>
    /// <param name="isListed">Whether the usual places lead to it; else its file has to be named.</param>
    /// <param name="taken">Names that will not do.</param>
    public static string For(KubeCluster cluster, bool isListed, IReadOnlyCollection<string> taken)
    {
        var file = isListed || cluster.Kubeconfig.Length == 0 ? "" : $" -Kubeconfig {CommandText.Quoted(cluster.Kubeconfig)}";
        return $"Give one of them an alias, which becomes its name: Set-KubeCluster -Id {CommandText.Quoted(cluster.ClusterId)}{file} -Alias {CommandText.Quoted(Alias(cluster.Identity, taken))}"; // no period: it is copied
    }

    /// <summary>What tells the cluster's file from others: the first folder of a long id, else the file's name without its ending.</summary>
    private static string Alias(ClusterIdentity identity, IReadOnlyCollection<string> taken)
    {
        var label = identity.ClusterId[..^(identity.Context.Length + 1)].Trim('/');
        var slash = label.IndexOf('/', StringComparison.Ordinal);
        var stem = slash > 0 ? label[..slash] : Path.GetFileNameWithoutExtension(label) is { Length: > 0 } name ? name : label;
        var alias = taken.Contains(stem) ? $"{stem}-{identity.Context}" : stem;
        for (var i = 2; taken.Contains(alias); i++)
            alias = $"{stem}-{identity.Context}-{i}";
        return alias;
    }
}
