using MultiCluster.Clusters;

namespace MultiCluster.Overview;

/// <summary>The newest release of the clusters that a call is about, as far as they have told theirs by now.</summary>
/// <param name="clusters">The clusters.</param>
internal sealed class FleetVersion(IReadOnlyList<ClusterConnection> clusters)
{
    /// <summary>How many releases a version is behind; null where one is not known.</summary>
    public int? SkewOf(string? version) =>
        ServerVersion.MinorOf(version) is { } minor ? clusters.Max(static cluster => ServerVersion.MinorOf(cluster.Version)) - minor : null;
}
