using MultiCluster.Clusters;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Module.Tests.Support;

/// <summary>Connections that are never used: the operations in these tests need no network.</summary>
internal static class TestClusters
{
    public static IReadOnlyList<ClusterConnection> Of(params string[] names) =>
        [.. names.Select(name => new ClusterConnection(ClusterIdentity.Of("/home/jane/.kube/config", name), CancellationToken.None))];
}
