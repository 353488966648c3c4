using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>One selected cluster: its client, credential, health and counters. Nothing in it is shared with another cluster.</summary>
public sealed class ClusterConnection
{
    internal ClusterConnection(ClusterIdentity identity, CancellationToken disconnected)
    {
        Identity = identity;
        Disconnected = disconnected;
    }

    /// <summary>The cluster.</summary>
    public ClusterIdentity Identity { get; }

    /// <summary>Cancelled when the cluster is deselected.</summary>
    public CancellationToken Disconnected { get; }
}
