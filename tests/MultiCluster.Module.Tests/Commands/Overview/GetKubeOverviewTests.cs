using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Overview;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Overview;

/// <summary>Get-KubeOverview as users type it.</summary>
public sealed class GetKubeOverviewTests(SharedFleet shared)
{
    [Fact]
    public void Each_selected_cluster_has_a_row()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var rows = shell.Run("Get-KubeOverview").Of<KubeOverview>();

        Assert.Equal(["prod-eu", "prod-us"], rows.Select(static row => row.ClusterName).Order());
        Assert.All(rows, static row => Assert.Equal(("v1.33.1", "3/3", null), (row.Version, row.Nodes, row.Problem)));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_a_row_and_an_error()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        fleet["sim-2"].Faults.Add(ClusterFault.Unauthorized());
        using var shell = new Shell(fleet).Select("*");

        var run = shell.Run("Get-KubeOverview | Sort-Object ClusterName");

        Assert.Equal([null, FaultPhase.Unauthorized], run.Of<KubeOverview>().Select(static row => row.Fault?.Phase));
        Assert.Equal("Kube.Unauthorized", run.Error.Id());
        var screen = shell.Run("$Error.Clear(); Get-KubeOverview -ErrorAction SilentlyContinue | Sort-Object ClusterName | Out-String -Width 80").Of<string>()[0];
        Assert.Contains("Problem", screen, StringComparison.Ordinal);
        Assert.All(screen.Split('\n'), static line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    [Fact]
    public void Namespaces_have_a_row_in_each_cluster()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var rows = shell.Run("Get-KubeOverview -Namespace web, payments").Of<KubeNamespaceOverview>();

        Assert.Equal(
            ["prod-eu/payments", "prod-eu/web", "prod-us/payments", "prod-us/web"], rows.Select(static row => $"{row.ClusterName}/{row.Namespace}").Order());
        Assert.All(rows, static row => Assert.True(row.PodsRunning > 0));
    }

    [Fact]
    public void A_namespace_that_is_not_there_is_said()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var warning = Assert.Single(shell.Run("Get-KubeOverview -Namespace wbe").Warnings);

        Assert.Contains("there is no namespace 'wbe'", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_rows_lead_to_their_clusters()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.Equal(["prod-eu"], shell.Run("Get-KubeOverview -Cluster prod-eu | Get-KubeNode | ForEach-Object ClusterName | Select-Object -Unique").Output);
    }
}
