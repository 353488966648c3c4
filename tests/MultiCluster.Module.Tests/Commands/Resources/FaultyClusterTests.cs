using MultiCluster.FanOut;
using MultiCluster.Kubeconfig;
using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Commands.Resources;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>One cluster of two fails; the other must not notice.</summary>
public sealed class FaultyClusterTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private FleetSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 10 }, TestContext.Current.CancellationToken);
        _session = new FleetSession(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void A_deadline_keeps_what_arrived_and_the_rest_are_timeouts()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());

        var sink = _session.Run(Pods(("DeadlineSec", 1)));

        Assert.Equal(["sim-1"], Clusters(sink));
        var error = Assert.Single(sink.Errors);
        Assert.Equal("Kube.Timeout", error.ErrorId);
        Assert.Equal("sim-2", Assert.IsType<ClusterIdentity>(error.Target).ClusterName);
        Assert.Contains("-DeadlineSec", error.Fault.Advice);
    }

    [Fact]
    public void A_silent_cluster_is_a_timeout_after_TimeoutSec()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.BlackHole());

        var sink = _session.Run(Pods(("TimeoutSec", 1)));

        Assert.Equal(["sim-1"], Clusters(sink));
        Assert.Equal("Kube.Timeout", Assert.Single(sink.Errors).ErrorId);
    }

    [Fact]
    public void Enough_objects_let_go_of_a_cluster_that_never_answers()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());

        var sink = _session.Run(Pods(("First", 5)));

        Assert.Equal(5, sink.Objects.Count);
        Assert.Empty(sink.Errors);
        Assert.True(SpinWait.SpinUntil(() => _fleet["sim-2"].OpenConnections == 0, TimeSpan.FromSeconds(5)), "A connection is open.");
    }

    [Fact]
    public void A_slow_call_shows_progress_with_the_slowest_cluster_and_takes_it_away()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());

        CmdletRunner<GetKubeResourceCommand>? runner = null;
        var sink = new RecordingSink
        {
            Shown = update =>
            {
                if (update.Status.StartsWith("1 of 2 clusters", StringComparison.Ordinal) && update.Status.Contains("waiting for sim-2", StringComparison.Ordinal))
                    runner!.Stop();
            },
        };
        runner = new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "pod", ["A"] = true, Sink = sink };

        Assert.Throws<System.Management.Automation.PipelineStoppedException>(() => _session.Run(runner));

        Assert.Equal("Get-KubeResource", sink.ProgressUpdates[0].Activity);
        Assert.True(sink.ProgressUpdates[^1].Completed);
    }

    [Fact]
    public void RequireAll_ends_with_an_error_after_everything_that_arrived()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.Forbidden());

        var sink = _session.Run(Pods(("RequireAll", true)));

        Assert.Equal(["sim-1"], Clusters(sink));
        Assert.NotEmpty(sink.Errors);
        Assert.Equal(("Kube.Incomplete", "1 of 2 clusters failed, and -RequireAll asks for all."), (sink.Terminated!.ErrorId, sink.Terminated.Fault.Message));
    }

    [Fact]
    public void RequireAll_counts_clusters_that_are_not_selected()
    {
        _session.Run(new CmdletRunner<DisconnectKubeClusterCommand> { "sim-2" });

        var sink = _session.Run(Pods(("RequireAll", true), ("Cluster", (string[])["sim-1", "sim-2"])));

        Assert.Equal("1 of 2 clusters failed, and -RequireAll asks for all.", sink.Terminated!.Fault.Message);
    }

    [Fact]
    public void RequireAll_is_content_when_all_answer() => Assert.Null(_session.Run(Pods(("RequireAll", true))).Terminated);

    [Fact]
    public async Task Stopping_at_the_first_error_leaves_no_request_behind()
    {
        _fleet["sim-1"].Faults.Add(ClusterFault.Forbidden());
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());
        var runner = new CmdletRunner<GetKubeResourceCommand> { Sink = new RecordingSink { StopOnError = true } };
        runner["Kind"] = "pod";

        Assert.Throws<System.Management.Automation.ActionPreferenceStopException>(() => _session.Run(runner));

        await NothingRunsAsync();
    }

    [Fact]
    public async Task Stopping_ends_the_call_and_its_requests()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());
        var runner = Pods();
        var call = Task.Factory.StartNew(() => _session.Run(runner), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (_fleet["sim-2"].ActiveRequests == 0)
            await Task.Yield();

        runner.Stop();

        await Assert.ThrowsAsync<System.Management.Automation.PipelineStoppedException>(() => call);
        await NothingRunsAsync();
    }

    [Fact]
    public void A_kind_that_one_cluster_lacks_is_that_clusters_error()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.MissingKind("cronjobs"));

        var sink = _session.Run(new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "cronjob", ["A"] = true });

        Assert.Equal("Kube.KindNotFound", Assert.Single(sink.Errors).ErrorId);
        Assert.Equal("sim-2", sink.Errors[0].Fault.Cluster!.ClusterName);
        Assert.Equal(FanOutOutcome.Failed, _session.Session.Log.Last(1)[0].Clusters[1].Outcome);
    }

    private async Task NothingRunsAsync()
    {
        var limit = TimeSpan.FromSeconds(1);
        var started = TimeProvider.System.GetTimestamp();
        while (_fleet.Clusters.Any(cluster => cluster.ActiveRequests > 0))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < limit, "A request is still running after a second.");
            await Task.Yield();
        }
    }

    private static CmdletRunner<GetKubeResourceCommand> Pods(params (string Name, object Value)[] parameters)
    {
        var runner = new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "pod", ["AllNamespaces"] = true };
        foreach (var (name, value) in parameters)
            runner[name] = value;
        return runner;
    }

    private static IEnumerable<string> Clusters(RecordingSink sink) => sink.Objects.Cast<KubeObject>().Select(pod => pod.ClusterName).Distinct();
}
