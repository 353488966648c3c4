using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Overview;
using MultiCluster.Tests.Support;
using static MultiCluster.Tests.Overview.OverviewFleet;

namespace MultiCluster.Tests.Overview;

/// <summary>Clusters that do not answer, in an overview.</summary>
public sealed class OverviewIsolationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cluster_that_hangs_delays_no_others_row_and_has_its_own_in_the_end()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(Empty(3), options: made => made with { Time = time });
        foreach (var cluster in session.Fleet.Clusters)
            AddPod(cluster, "web-0");
        session.Fleet["sim-2"].Faults.Add(ClusterFault.BlackHole());

        var run = Start(session, new FanOutOptions { Time = time });
        await using var _ = run;
        List<FanOutItem> items = [];
        while (items.OfType<FanOutDone>().Count() < 2)
            items.Add(await run.Items.ReadAsync(Stop));
        Assert.Equal(["sim-1", "sim-3"], Rows<KubeOverview>(items).Select(static row => row.ClusterName).Order());
        Assert.All(Rows<KubeOverview>(items), static row => Assert.Equal(("1/1", null), (row.Pods, row.Problem)));

        // Only now does the hanging one's time begin to pass.
        var rest = TestAnswer.OfAsync(run);
        while (!rest.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(rest, Task.Delay(TimeSpan.FromMilliseconds(20), Stop));
        }

        var answer = await rest;
        var row = Assert.Single(Rows<KubeOverview>(answer.Items));
        Assert.Equal(("sim-2", FaultPhase.Timeout, null), (row.ClusterName, row.Fault?.Phase, row.Pods));
        Assert.Equal(row.Fault?.Detail, row.Problem);
        Assert.Equal(FaultPhase.Timeout, answer.Fault("sim-2").Phase);
    }

    [Fact]
    public async Task A_cluster_that_refuses_the_login_has_its_fault_in_its_row_and_as_an_error()
    {
        await using var session = await TestSession.SelectedAsync(Empty(2));
        session.Fleet["sim-1"].Faults.Add(ClusterFault.Unauthorized());

        var (rows, answer) = await ReadAsync<KubeOverview>(session);

        Assert.Equal([("sim-1", FaultPhase.Unauthorized), ("sim-2", null)], rows.OrderBy(static row => row.ClusterName).Select(static row => (row.ClusterName, row.Fault?.Phase)));
        Assert.Equal(FaultPhase.Unauthorized, answer.Fault("sim-1").Phase);
    }

    [Fact]
    public async Task A_cluster_that_is_late_for_the_calls_deadline_has_a_row()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(Empty(2), options: made => made with { Time = time });
        session.Fleet["sim-1"].Faults.Add(ClusterFault.NeverAnswer());

        var run = Start(session, new FanOutOptions { Time = time, Deadline = TimeSpan.FromSeconds(10) });
        await using var _ = run;
        List<FanOutItem> items = [];
        while (!items.OfType<FanOutDone>().Any())
            items.Add(await run.Items.ReadAsync(Stop));
        time.Advance(TimeSpan.FromSeconds(11));
        items.AddRange((await TestAnswer.OfAsync(run)).Items);

        var late = Assert.Single(Rows<KubeOverview>(items), static row => row.ClusterName == "sim-1");
        Assert.Equal(FaultPhase.Timeout, late.Fault?.Phase);
        Assert.Contains("deadline", Assert.Single(items.OfType<FanOutFault>()).Fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_ends_all_requests()
    {
        await using var session = await TestSession.SelectedAsync(Empty(2));
        foreach (var cluster in session.Fleet.Clusters)
            cluster.Faults.Add(ClusterFault.NeverAnswer());

        var run = Start(session);
        await using var _ = run;
        await TestSession.UntilAsync(() => session.Fleet.Clusters.All(static cluster => cluster.ActiveRequests > 0), "both are asked");
        await run.DisposeAsync();

        await TestSession.UntilAsync(() => session.Fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), "no request is under way");
        Assert.Equal(2, run.Report(1).Skipped);
    }
}
