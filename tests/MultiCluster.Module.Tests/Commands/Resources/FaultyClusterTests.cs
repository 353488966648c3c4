using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>One cluster of two fails; the other must not notice.</summary>
public sealed class FaultyClusterTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 10 }, TestContext.Current.CancellationToken);
        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void A_deadline_keeps_what_arrived_and_the_rest_are_timeouts()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());

        var run = _shell.Run("Get-KubeResource pod -A -DeadlineSec 3");

        Assert.Equal(["sim-1"], Clusters(run));
        Assert.Equal("Kube.Timeout", run.Error.Id());
        Assert.Equal("sim-2", Assert.IsType<ClusterIdentity>(run.Error.TargetObject).ClusterName);
        Assert.Contains("-DeadlineSec", run.Error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_silent_cluster_is_a_timeout_after_TimeoutSec()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.BlackHole());

        var run = _shell.Run("Get-KubeResource pod -A -TimeoutSec 3");

        Assert.Equal(["sim-1"], Clusters(run));
        Assert.Equal("Kube.Timeout", run.Error.Id());
    }

    [Fact]
    public void Enough_objects_let_go_of_a_cluster_that_never_answers()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());

        var run = _shell.Run("Get-KubeResource pod -A -First 5");

        Assert.Equal(5, run.Output.Count);
        Assert.Empty(run.Errors);
        Eventually.True(() => _fleet["sim-2"].OpenConnections == 0, "A connection is open.");
    }

    [Fact]
    public void A_slow_call_shows_progress_with_the_slowest_cluster()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());
        using var running = _shell.Start("Get-KubeResource pod -A");

        running.Until(static run => run.Progress.Any(static record =>
            record.StatusDescription.StartsWith("1 of 2 clusters", StringComparison.Ordinal) && record.StatusDescription.Contains("waiting for sim-2", StringComparison.Ordinal)));

        Assert.Equal("Get-KubeResource", running.Stop().Progress[0].Activity);
    }

    [Fact]
    public void RequireAll_ends_with_an_error_after_everything_that_arrived()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.Forbidden());

        var run = _shell.Run("Get-KubeResource pod -A -RequireAll");

        Assert.Equal(["sim-1"], Clusters(run));
        Assert.NotEmpty(run.Errors);
        Assert.Equal(("Kube.Incomplete", "1 of 2 clusters failed, and -RequireAll asks for all."), (run.Terminated!.Id(), $"{run.Terminated}"));
    }

    [Fact]
    public void RequireAll_counts_clusters_that_are_not_selected()
    {
        _shell.Run("Disconnect-KubeCluster sim-2");

        var run = _shell.Run("Get-KubeResource pod -A -RequireAll -Cluster sim-1, sim-2");

        Assert.Equal("1 of 2 clusters failed, and -RequireAll asks for all.", $"{run.Terminated}");
    }

    [Fact]
    public void RequireAll_is_content_when_all_answer() => Assert.Null(_shell.Run("Get-KubeResource pod -A -RequireAll").Terminated);

    [Fact]
    public void Stopping_at_the_first_error_leaves_no_request_behind()
    {
        _fleet["sim-1"].Faults.Add(ClusterFault.Forbidden());
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());

        Assert.Equal("Kube.Forbidden", _shell.Run("Get-KubeResource pod -ErrorAction Stop").Terminated!.Id());

        NothingRuns();
    }

    [Fact]
    public void Stopping_ends_the_call_and_its_requests()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());
        using var running = _shell.Start("Get-KubeResource pod -A");
        running.Until(_ => _fleet["sim-2"].ActiveRequests > 0);

        Assert.True(running.Stop().Stopped);

        NothingRuns();
    }

    [Fact]
    public void A_command_downstream_that_has_enough_ends_the_requests_and_fails_no_cluster()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());

        Assert.Equal(3, _shell.Run("Get-KubeResource pod -A | Select-Object -First 3").Output.Count);

        NothingRuns();
        var report = Assert.IsType<FanOutReport>(Assert.Single(_shell.Run("Get-KubeFanOut").Output));
        Assert.Equal((2, 0), (report.Answered + report.Skipped, report.Failed));
    }

    [Fact]
    public void A_kind_that_one_cluster_lacks_is_that_clusters_error()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.MissingKind("cronjobs"));

        var run = _shell.Run("Get-KubeResource cronjob -A");

        Assert.Equal("Kube.KindNotFound", run.Error.Id());
        Assert.Equal("sim-2", run.Error.Fault().Cluster!.ClusterName);
        Assert.Equal(FanOutOutcome.Failed, _shell.Session.Log.Last(1)[0].Clusters[1].Outcome);
    }

    private void NothingRuns() => Assert.True(
        SpinWait.SpinUntil(() => _fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), TimeSpan.FromSeconds(1)), "A request is still running after a second.");

    private static IEnumerable<string> Clusters(ShellRun run) => run.Of<KubeObject>().Select(static pod => pod.ClusterName).Distinct();
}
