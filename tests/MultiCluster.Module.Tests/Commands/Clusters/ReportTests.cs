using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Commands.Resources;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Clusters;

/// <summary>What a session says of its clusters and its calls: Get-KubeFanOut and Get-KubeClusterDiagnostic.</summary>
public sealed class ReportTests(SharedFleet shared)
{
    [Fact]
    public async Task A_report_tells_who_was_asked_and_its_failed_rows_are_asked_again()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 5 }, TestContext.Current.CancellationToken);
        using var session = new FleetSession(fleet).Select("*");
        var broken = fleet["sim-2"].Faults.Add(ClusterFault.Forbidden().When(request => request.Resource == "pods"));
        session.Run(new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "pod", ["AllNamespaces"] = true });

        var report = Assert.IsType<FanOutReport>(Assert.Single(session.Run(new CmdletRunner<GetKubeFanOutCommand>()).Objects));
        Assert.Equal(("Get-KubeResource", 2, 1, 1, 0, false), (report.Command, report.Requested, report.Answered, report.Failed, report.Skipped, report.Complete));

        broken.Dispose();
        var again = session.Run(new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "pod", ["AllNamespaces"] = true }, report.FailedClusters);
        Assert.Equal(["sim-2"], again.Objects.Cast<KubeObject>().Select(pod => pod.ClusterName).Distinct());
    }

    [Fact]
    public void The_newest_report_comes_first_and_before_any_call_there_is_none()
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");
        Assert.Empty(session.Run(new CmdletRunner<GetKubeFanOutCommand>()).Objects);
        session.Run(new CmdletRunner<GetKubeNamespaceCommand>());
        session.Run(new CmdletRunner<GetKubeApiResourceCommand>());

        var reports = session.Run(new CmdletRunner<GetKubeFanOutCommand> { 5 }).Objects.Cast<FanOutReport>();

        Assert.Equal(["Get-KubeApiResource", "Get-KubeNamespace"], reports.Select(report => report.Command));
    }

    [Fact]
    public void A_diagnostic_counts_the_requests_and_sends_none()
    {
        using var session = new FleetSession(shared.Fleet).Select("prod-*");
        session.Run(new CmdletRunner<GetKubeNamespaceCommand> { ["Cluster"] = "prod-eu" });

        var rows = session.Run(new CmdletRunner<GetKubeClusterDiagnosticCommand>()).Objects.Cast<ClusterDiagnostic>().ToArray();

        Assert.Equal(["prod-eu", "prod-us"], rows.Select(row => row.ClusterName));
        Assert.True(rows[0].Requests > 0);
        Assert.Equal(0, rows[1].Requests);
    }
}
