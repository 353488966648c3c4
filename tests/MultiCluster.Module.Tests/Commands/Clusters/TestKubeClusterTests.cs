using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class TestKubeClusterTests(SharedFleet shared)
{
    [Fact]
    public void Selected_clusters_are_contacted_afresh()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var results = shell.Run("Test-KubeCluster").Of<ClusterPreflight>();

        Assert.Equal(["prod-eu", "prod-us"], results.Select(static result => result.ClusterName));
        Assert.All(results, static result => Assert.Equal(
            (true, "Verified", (bool?)true, "v1.33.1", true, null),
            (result.Reachable, result.Tls, result.Authenticated, result.Version, result.ClusterUid is not null, result.Problem)));
    }

    [Fact]
    public void A_cluster_need_not_be_selected_when_its_object_is_given()
    {
        using var shell = new Shell(shared.Fleet);

        var results = shell.Run("Get-KubeCluster | Test-KubeCluster").Of<ClusterPreflight>();

        Assert.Equal(3, results.Count);
        Assert.Empty(shell.Selected);
    }

    [Fact]
    public void An_empty_pipeline_tests_none()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var run = shell.Run("@() | Test-KubeCluster");

        Assert.Empty(run.Output);
        Assert.Null(run.Terminated);
    }

    [Fact]
    public async Task A_problem_is_data_with_what_to_do()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = 0 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet, UserKind.BadToken).Select("sim-1");

        var run = shell.Run("Test-KubeCluster");

        var result = Assert.Single(run.Of<ClusterPreflight>());
        Assert.Equal((true, (bool?)false), (result.Reachable, result.Authenticated));
        Assert.NotNull(result.Problem);
        Assert.NotNull(result.RecommendedAction);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task It_says_when_the_certificates_of_both_sides_expire()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = 0 }, TestContext.Current.CancellationToken);
        using var certificate = new Shell(fleet, UserKind.ClientCertificate).Select("sim-1");
        using var token = new Shell(fleet).Select("sim-1");

        var both = Assert.Single(certificate.Run("Test-KubeCluster").Of<ClusterPreflight>());
        var one = Assert.Single(token.Run("Test-KubeCluster").Of<ClusterPreflight>());

        Assert.True(both.ServerCertificateExpires > DateTime.Now);
        Assert.True(both.ClientCertificateExpires > DateTime.Now);
        Assert.Equal((both.ServerCertificateExpires, null), (one.ServerCertificateExpires, one.ClientCertificateExpires));

        fleet["sim-1"].Faults.Add(ClusterFault.ExpiredCertificate());
        token.Run("Disconnect-KubeCluster *; Select-KubeCluster sim-1 -NoConnect");
        Assert.True(Assert.Single(token.Run("Test-KubeCluster").Of<ClusterPreflight>()).ServerCertificateExpires < DateTime.Now);
    }

    [Fact]
    public void Two_contexts_of_one_physical_cluster_are_warned_of()
    {
        using var shell = new Shell(shared.Fleet);
        shell.WriteContexts("copy", "staging", "staging-too");
        shell.Run("Select-KubeCluster staging, staging-too -Kubeconfig ./sandbox, ./copy -NoConnect");

        Assert.Contains("staging and staging-too are the same physical cluster", Assert.Single(shell.Run("Test-KubeCluster").Warnings));
    }

    [Fact]
    public void Without_a_selection_there_is_nothing_to_test()
    {
        using var shell = new Shell(shared.Fleet);

        Assert.Equal("Kube.NoClusterSelected", shell.Run("Test-KubeCluster").Terminated!.Id());
    }

    [Fact]
    public void Defaults_for_all_commands_of_the_module_hold_for_it_and_trouble_no_other()
    {
        using var shell = new Shell(shared.Fleet).Select("*");
        shell.Run("$PSDefaultParameterValues = @{ '*-Kube*:ThrottleLimit' = 1; '*-Kube*:TimeoutSec' = 7; '*-Kube*:Cluster' = 'staging' }");

        var run = shell.Run("Test-KubeCluster; Get-KubeCluster");

        Assert.Equal("staging", Assert.Single(run.Of<ClusterPreflight>()).ClusterName);
        Assert.Equal(3, run.Of<KubeCluster>().Count);
        Assert.Empty(run.Errors);
    }
}
