using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Clusters;

/// <summary>What a session says of its clusters and its calls: Get-KubeFanOut and Get-KubeClusterDiagnostic.</summary>
public sealed class ReportTests(SharedFleet shared)
{
    [Fact]
    public async Task A_report_tells_who_was_asked_and_its_failed_rows_are_asked_again()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 5 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet).Select("*");
        var broken = fleet["sim-2"].Faults.Add(ClusterFault.Forbidden().When(request => request.Resource == "pods"));
        shell.Run("Get-KubeResource pod -A");

        var report = Assert.Single(shell.Run("Get-KubeFanOut").Of<FanOutReport>());
        Assert.Equal(("Get-KubeResource", 2, 1, 1, 0, false), (report.Command, report.Requested, report.Answered, report.Failed, report.Skipped, report.Complete));

        var still = shell.Run("(Get-KubeFanOut).FailedClusters | Get-KubeResource pod -A; (Get-KubeFanOut).Requested");
        Assert.Equal("sim-2", Assert.IsType<ClusterIdentity>(still.Error.TargetObject).ClusterName);
        Assert.Equal([1], still.Output);

        broken.Dispose();
        var again = shell.Run("(Get-KubeFanOut).FailedClusters | Get-KubeResource pod -A");
        Assert.Empty(again.Errors);
        Assert.Equal(["sim-2"], again.Of<KubeObject>().Select(static pod => pod.ClusterName).Distinct());
    }

    [Fact]
    public void Nobody_is_asked_again_when_nothing_failed()
    {
        using var shell = new Shell(shared.Fleet).Select("*");
        shell.Run("Get-KubeNamespace");

        var run = shell.Run("(Get-KubeFanOut).FailedClusters | Get-KubeResource pod -A -Verbose");

        Assert.Empty(run.Output);
        Assert.Empty(run.Errors);
        Assert.Empty(run.Verbose);
    }

    [Fact]
    public void The_newest_report_comes_first_and_before_any_call_there_is_none()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");
        Assert.Empty(shell.Run("Get-KubeFanOut").Output);
        shell.Run("Get-KubeNamespace; Get-KubeApiResource");

        var reports = shell.Run("Get-KubeFanOut 5").Of<FanOutReport>();

        Assert.Equal(["Get-KubeApiResource", "Get-KubeNamespace"], reports.Select(static report => report.Command));
    }

    [Fact]
    public void A_diagnostic_counts_the_requests_and_sends_none()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");
        shell.Run("Get-KubeNamespace -Cluster prod-eu");

        var rows = shell.Run("Get-KubeClusterDiagnostic").Of<ClusterDiagnostic>();

        Assert.Equal(["prod-eu", "prod-us"], rows.Select(static row => row.ClusterName));
        Assert.True(rows[0].Requests > 0);
        Assert.Equal(0, rows[1].Requests);
    }
}
