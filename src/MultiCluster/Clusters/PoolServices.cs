using MultiCluster.Credentials;
using MultiCluster.Kubeconfig;
using MultiCluster.Resources.Discovery;

namespace MultiCluster.Clusters;

/// <summary>What a pool lends to each of its connections. Holds nothing of any one cluster, except exec plugins' answers, which are shared on purpose.</summary>
internal sealed record PoolServices
{
    public required TimeProvider Time { get; init; }

    public required Func<double> Random { get; init; }

    public required Func<string, string?> Environment { get; init; }

    public required CredentialFactory Credentials { get; init; }

    public required DiscoveryDiskCache DiscoveryCache { get; init; }

    /// <summary>Reads a context again from its kubeconfig; null when it is gone.</summary>
    public required Func<ClusterIdentity, KubeconfigContext?> Reload { get; init; }

    /// <summary>Tells the pool's listeners.</summary>
    public required Action<ClusterEventKind, ClusterIdentity, string, Http.Fault?> Raise { get; init; }
}
