using MultiCluster.Clusters;

namespace MultiCluster.Tests.Clusters;

public sealed class SamePhysicalClusterTests
{
    [Fact]
    public void Contexts_that_found_the_same_cluster_are_named_together()
    {
        var notices = SamePhysicalCluster.Notices([Found("a", "1"), Found("b", "2"), Found("c", "1"), Found("d", "1")]);

        Assert.StartsWith("a and c and d are the same physical cluster (uid 1)", Assert.Single(notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_whose_identity_may_not_be_read_are_not_taken_for_one() =>
        Assert.Empty(SamePhysicalCluster.Notices([Found("a", null), Found("b", null), Found("c", "1")]));

    private static ClusterPreflight Found(string name, string? uid) => new() { ClusterName = name, ClusterId = $"config:{name}", ClusterUid = uid };
}
