using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Exec;

/// <summary>The container in which a command runs; all that it writes shares one.</summary>
internal sealed record CommandTarget(ClusterIdentity Cluster, KubePod Pod, string Container)
{
    /// <summary>The pod's namespace.</summary>
    public string Namespace { get; } = Pod.Namespace ?? "";
}
