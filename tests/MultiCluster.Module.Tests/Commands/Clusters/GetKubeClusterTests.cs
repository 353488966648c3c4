using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class GetKubeClusterTests(SharedFleet shared)
{
    [Fact]
    public async Task Every_context_is_listed_without_a_request()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet);

        var run = shell.Run("Get-KubeCluster");

        Assert.Equal(["sim-1", "sim-2"], Names(run));
        Assert.All(run.Of<KubeCluster>(), static cluster => Assert.Equal((ClusterState.NotSelected, true), (cluster.State, cluster.Selectable)));
        Assert.All(fleet.Clusters, static cluster => Assert.Equal((0, 0), (cluster.OpenConnections, cluster.Requests.Count)));
    }

    [Theory]
    [InlineData("prod-*", "prod-eu,prod-us")]
    [InlineData("PROD-EU", "prod-eu")]
    [InlineData("sandbox:staging", "staging")]
    [InlineData("none*", "")]
    public void A_name_is_a_wildcard_on_name_or_id(string name, string expected)
    {
        using var shell = new Shell(shared.Fleet);

        var run = shell.Run($"Get-KubeCluster {name}");

        Assert.Equal(expected, string.Join(",", Names(run)));
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("Id")]
    [InlineData("ClusterId")]
    public void An_id_is_exact(string parameter)
    {
        using var shell = new Shell(shared.Fleet);

        Assert.Equal(["staging"], Names(shell.Run($"Get-KubeCluster -{parameter} sandbox:staging")));
        Assert.Equal("Kube.NotFound", shell.Run($"Get-KubeCluster -{parameter} sandbox:stag*").Error.Id());
    }

    [Fact]
    public void A_name_that_nothing_has_is_an_error_with_near_names()
    {
        using var shell = new Shell(shared.Fleet);

        var run = shell.Run("Get-KubeCluster prod-ue, staging");

        Assert.Equal(["staging"], Names(run));
        Assert.Equal(("Kube.NotFound", (object)"prod-ue", "there is no cluster 'prod-ue'."), (run.Error.Id(), run.Error.TargetObject, $"{run.Error}"));
        Assert.StartsWith("Did you mean 'prod-eu'", run.Error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Selected_ones_alone_are_listed_although_their_kubeconfig_is_gone()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");
        File.Delete(shell.Kubeconfig);

        Assert.Equal(["staging"], Names(shell.Run("Get-KubeCluster -Selected")));
    }

    [Fact]
    public void A_group_is_listed_by_its_name()
    {
        using var shell = new Shell(shared.Fleet);
        shell.Run("Set-KubeCluster prod-* -Group production");

        Assert.Equal(["prod-eu", "prod-us"], Names(shell.Run("Get-KubeCluster -Group prod*")));
    }

    [Fact]
    public void Kubeconfig_looks_there_and_nowhere_else()
    {
        using var shell = new Shell(shared.Fleet);
        shell.WriteContexts("other", "staging", "test");

        Assert.Equal(["test"], Names(shell.Run("Get-KubeCluster -Kubeconfig ./other")));
    }

    private static IEnumerable<string> Names(ShellRun run) => run.Of<KubeCluster>().Select(static cluster => cluster.ClusterName);
}
