using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

public sealed class SupersededTests
{
    [Fact]
    public async Task A_newer_selection_supersedes_one_that_is_connecting()
    {
        await using var session = await TestSession.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        session.Fleet["sim-1"].Faults.Add(ClusterFault.NeverAnswer());
        await session.SelectAsync("sim-1");
        List<string> connected = [];
        var connecting = ClusterPool.ConnectAsync(
            session.Pool.Selected, Timeout.InfiniteTimeSpan, cluster => connected.Add(cluster.ClusterName), TestContext.Current.CancellationToken);
        await TestSession.UntilAsync(() => session.Fleet["sim-1"].ActiveRequests > 0, "sim-1 is being asked");

        await session.SelectAsync("sim-2");
        await connecting;
        await session.ConnectAsync();
        Assert.Empty(connected);
        Assert.Equal(ClusterState.Ready, session.Cluster("sim-2").State);
        await TestSession.UntilAsync(() => session.Fleet["sim-1"].ActiveRequests == 0, "sim-1 is let go");
    }

    [Fact]
    public async Task A_cluster_that_hangs_delays_no_other_preflight()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 0 });
        session.Fleet["sim-1"].Faults.Add(ClusterFault.BlackHole());
        var ready = new TaskCompletionSource();
        var left = 2;
        using var stop = new CancellationTokenSource();
        var connecting = ClusterPool.ConnectAsync(
            session.Pool.Selected,
            Timeout.InfiniteTimeSpan,
            _ =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                    ready.SetResult();
            },
            stop.Token);
        await ready.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal([ClusterState.Connecting, ClusterState.Ready, ClusterState.Ready], session.Pool.Selected.Select(cluster => cluster.State));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task Disconnecting_ends_what_runs_on_that_cluster_only()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 30 });
        session.Fleet["sim-1"].Faults.Add(ClusterFault.NeverAnswer());
        var run = session.Start(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true });
        await using var _ = run;
        await TestSession.UntilAsync(() => session.Fleet["sim-1"].ActiveRequests > 0, "sim-1 is being asked");
        await session.Pool.DisconnectAsync([session.Cluster("sim-1")]);
        var answer = await TestAnswer.OfAsync(run);
        var fault = answer.Fault("sim-1");
        Assert.Equal(FaultPhase.ClusterNotSelected, fault.Phase);
        Assert.Equal("Cluster disconnected", fault.Detail);
        Assert.Equal(30, answer.Names("sim-2").Count);
        Assert.Equal([FanOutOutcome.Failed, FanOutOutcome.Answered], answer.Report.Clusters.Select(row => row.Outcome));
        await TestSession.UntilAsync(() => session.Fleet["sim-1"].ActiveRequests == 0, "sim-1 is let go");
        Assert.Equal(["sim-2"], session.Names);
    }
}
