using System.Collections.Concurrent;

namespace MultiCluster.Clusters;

/// <summary>The session's namespaces: one for all clusters, and exceptions for single ones. Never persisted.</summary>
public sealed class SessionNamespaces
{
    private readonly ConcurrentDictionary<string, string> _byCluster = new(StringComparer.Ordinal);
    private volatile string? _forAll;

    /// <summary>Sets the namespace of all clusters, or clears it with null; exceptions are forgotten.</summary>
    public void SetForAll(string? ns)
    {
        _byCluster.Clear();
        _forAll = ns;
    }

    /// <summary>Sets one cluster's namespace, or clears it with null.</summary>
    public void Set(string clusterId, string? ns)
    {
        if (ns is null)
            _byCluster.TryRemove(clusterId, out _);
        else
            _byCluster[clusterId] = ns;
    }

    /// <summary>The namespace for a cluster: the session's, else the cluster's own default, else <c>default</c>.</summary>
    public string For(KubeCluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return For(cluster.ClusterId, cluster.DefaultNamespace);
    }

    /// <inheritdoc cref="For(KubeCluster)"/>
    internal string For(ClusterConnection cluster) => For(cluster.Identity.ClusterId, cluster.DefaultNamespace);

    private string For(string clusterId, string? own) => _byCluster.GetValueOrDefault(clusterId) ?? _forAll ?? own ?? "default";
}
