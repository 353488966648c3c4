using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.FanOut;

public sealed class IsolationTests
{
    private const string Dead = "sim-3";
    private const string Refused = "sim-7";

    private static readonly ResourceQuery Pods = new() { Kinds = ["pods"], AllNamespaces = true };

    [Fact]
    public async Task Of_ten_clusters_one_dead_and_one_that_refuses_the_login_change_nothing_for_the_other_eight()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 10, Pods = 40 }, options: made => made with { Time = time });
        var healthy = (await session.ReadAsync("pods")).Objects.ToLookup(pod => pod.ClusterName, pod => pod.Uid);
        var dead = session.Fleet[Dead];
        dead.Faults.Add(ClusterFault.BlackHole());
        session.Fleet[Refused].Faults.Add(ClusterFault.Unauthorized());

        var run = session.Start(Pods, new FanOutOptions { Time = time });
        await using var _ = run;
        List<FanOutItem> items = [];
        while (items.OfType<FanOutDone>().Count() < 9)
            items.Add(await run.Items.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Dead, run.Progress.Slowest?.ClusterName);

        // Only now does the dead one's time begin to pass.
        time.Advance(TimeSpan.FromSeconds(31));
        items.AddRange((await TestAnswer.OfAsync(run)).Items);
        var answer = new TestAnswer(items, run.Report(1));
        foreach (var name in session.Names.Except([Dead, Refused]))
            Assert.Equal(healthy[name], answer.Objects.Where(pod => pod.ClusterName == name).Select(pod => pod.Uid));
        Assert.Equal(2, answer.Faults.Count);
        Assert.Equal(FaultPhase.Timeout, answer.Fault(Dead).Phase);
        Assert.Equal(FaultPhase.Unauthorized, answer.Fault(Refused).Phase);
        Assert.All(answer.Faults, fault => Assert.NotNull(fault.Advice));
        Assert.Equal((10, 8, 2, 0), (answer.Report.Requested, answer.Report.Answered, answer.Report.Failed, answer.Report.Skipped));
        Assert.Equal([Dead, Refused], answer.Report.FailedClusters.Select(row => row.ClusterName));

        // Later calls ask it no more: the circuit breaker answers in its place.
        var asked = Lists(dead);
        Assert.Contains("not asked again", (await session.ReadAsync("pods")).Fault(Dead).Detail, StringComparison.Ordinal);
        Assert.Equal(asked, Lists(dead));
    }

    [Fact]
    public async Task A_cluster_whose_operation_fails_in_an_unforeseen_way_is_a_fault_of_that_cluster()
    {
        await using var session = TestSession.Offline("a", "b");
        await session.SelectAsync("*");
        var run = FanOutRun.Start(Connections(session), new FanOutOptions(), (cluster, sink, stop) => cluster.Identity.ClusterName == "a"
            ? throw new InvalidOperationException("something odd.")
            : sink.WriteAsync<string>(["x"], stop).AsTask());
        await using var _ = run;
        var answer = await TestAnswer.OfAsync(run);
        Assert.Equal("a: InvalidOperationException: something odd.", answer.Fault("a").Message);
        Assert.Equal(FanOutOutcome.Answered, answer.Report.Clusters[1].Outcome);
    }

    [Fact]
    public async Task No_more_clusters_than_the_limit_run_at_once()
    {
        await using var session = TestSession.Offline([.. Enumerable.Range(1, 12).Select(i => $"c{i}")]);
        await session.SelectAsync("*");
        int running = 0, most = 0;
        var run = FanOutRun.Start(Connections(session), new FanOutOptions { ThrottleLimit = 3 }, async (_, _, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
        });
        await using var _ = run;
        var answer = await TestAnswer.OfAsync(run);
        Assert.Equal(12, answer.Report.Answered);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Inside_a_cluster_objects_keep_the_servers_order()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 700 });
        var answer = await session.ReadAsync("pods");
        foreach (var cluster in session.Fleet.Clusters)
            Assert.Equal(cluster.Store.List("pods").Select(pod => pod.Name), answer.Names(cluster.Name));
    }

    [Fact]
    public async Task Every_object_and_fault_carries_its_cluster()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 10 });
        session.Fleet["sim-2"].Faults.Add(ClusterFault.InternalError());
        var answer = await session.ReadAsync("pods");
        Assert.All(answer.Objects, pod => Assert.Equal(("fleet.yaml:sim-1", "sim-1"), (pod.ClusterId, pod.ClusterName)));
        Assert.StartsWith("sim-2: cannot list pods in all namespaces: ", answer.Fault("sim-2").Message, StringComparison.Ordinal);
    }

    private static ClusterConnection[] Connections(TestSession session) => [.. session.Pool.Selected.Select(cluster => cluster.Connection!)];

    private static int Lists(SimulatedCluster cluster) => cluster.Requests.All.Count(request => request.Path == "/api/v1/pods");

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, now, seen);
    }
}
