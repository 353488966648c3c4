using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Completion;

/// <summary>Names of namespaces and objects, which the clusters are asked for.</summary>
public sealed class NameCompletionTests(SharedFleet shared)
{
    [Theory]
    [InlineData("Get-KubeResource pod -Namespace we", "web")]
    [InlineData("Get-KubeResource pod -n kube-s", "kube-system")]
    [InlineData("Get-KubeResource node node-", "node-1")]
    [InlineData("Get-KubeResource role -n web -Name dep", "deployer")]
    [InlineData("Set-KubeNamespace we", "web")]
    [InlineData("Get-KubeNamespace kube-sys", "kube-system")]
    public void Names_that_the_clusters_have_are_completed(string line, string expected)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        shell.Offer(line, expected);
    }

    [Fact]
    public void A_name_is_explained_by_the_clusters_that_have_it()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        shell.Offers("Get-KubeResource pod -Namespace we", static offers => offers is [{ CompletionText: "web", ToolTip: "in prod-eu, prod-us" }]);
    }

    [Fact]
    public async Task A_cluster_that_hangs_keeps_no_other_ones_names_back()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 5 }, TestContext.Current.CancellationToken);
        fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());
        using var shell = new Shell(fleet).Select("*");

        Assert.Equal("in sim-1", shell.Offer("Suspend-KubeNode no", "node-1").ToolTip);
    }
}
