using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Hosting;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.FanOut;

public sealed class CancellationTests
{
    private static readonly FleetOptions Big = new() { Clusters = 2, Pods = 0, ConfigMaps = 6000 };
    private static readonly ResourceQuery ConfigMaps = new() { Kinds = ["configmaps"], AllNamespaces = true };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stopping_in_the_middle_of_a_list_ends_all_requests(bool dispose)
    {
        await using var session = await TestSession.SelectedAsync(Big);
        var run = session.Start(ConfigMaps);
        await using var _ = run;
        await run.Items.ReadAsync(Cancelled);
        if (dispose)
            await run.DisposeAsync();
        else
            run.Stop();
        await TestSession.UntilAsync(() => session.Fleet.Clusters.All(cluster => cluster.ActiveRequests == 0), "no request is under way");
        await TestAnswer.OfAsync(run);
        var report = run.Report(1);
        Assert.Equal(2, report.Skipped);
        Assert.Empty(report.FailedClusters);
    }

    [Fact]
    public async Task Stopping_twice_and_after_the_end_does_nothing()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var run = session.Start(ConfigMaps);
        await run.DisposeAsync();
        run.Stop();
        await run.DisposeAsync();
    }

    [Fact]
    public async Task A_slow_reader_slows_the_clusters_and_fills_no_memory()
    {
        await using var session = await TestSession.SelectedAsync(Big);
        var run = session.Start(ConfigMaps);
        await using var _ = run;
        await TestSession.UntilAsync(() => run.Items.Count == 64, "the channel is full");
        var items = 0;
        await foreach (var item in run.Items.ReadAllAsync(Cancelled))
        {
            items += item is FanOutObjects<KubeObject> ? 1 : 0;
            Assert.InRange(run.Items.Count, 0, 64);
        }

        Assert.True(items > 128, $"{items} items");
        Assert.Equal(2 * (6000 + 11), run.Report(1).Objects);
    }

    [Fact]
    public async Task First_counts_the_whole_calls_objects_and_stops_asking()
    {
        await using var session = await TestSession.SelectedAsync(Big with { Clusters = 3 });
        var answer = await session.ReadAsync(ConfigMaps with { First = 700 });
        Assert.Equal(700, answer.Objects.Count);
        Assert.Empty(answer.Faults);
        Assert.All(session.Fleet.Clusters, cluster => Assert.All(Lists(cluster), list => Assert.Matches("[?&]limit=[1-9]", list.Query)));
        Assert.All(session.Fleet.Clusters, cluster => Assert.InRange(Lists(cluster).Count(), 0, 2));
    }

    [Fact]
    public async Task First_asks_no_more_kinds_and_namespaces_than_it_needs()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 50 });
        await session.ReadAsync(new ResourceQuery { Kinds = ["pods", "services"], Namespaces = ["web", "payments"], First = 1 });
        Assert.Equal(["/api/v1/namespaces/web/pods?limit=1"], session.Fleet.Clusters[0].Requests.All.Select(request => request.PathAndQuery));
    }

    [Fact]
    public async Task A_cluster_that_starts_when_enough_has_come_is_not_asked_for_everything()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 30 });
        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true, First = 5 }, new FanOutOptions { ThrottleLimit = 1 });
        Assert.Equal(5, answer.Objects.Count);
        Assert.Equal(0, session.Fleet["sim-2"].Requests.Count);
    }

    [Fact]
    public async Task At_the_deadline_what_arrived_is_kept_and_the_rest_are_timeouts()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 4, Pods = 30 }, options: made => made with { Time = time });
        session.Fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());
        var run = session.Start(
            new ResourceQuery { Kinds = ["pods"], AllNamespaces = true }, new FanOutOptions { Time = time, Deadline = TimeSpan.FromSeconds(10), ThrottleLimit = 1 });
        await using var _ = run;
        await TestSession.UntilAsync(() => session.Fleet["sim-2"].ActiveRequests == 1, "sim-2 is being asked");
        time.Advance(TimeSpan.FromSeconds(10));
        var answer = await TestAnswer.OfAsync(run);
        Assert.Equal(30, answer.Names("sim-1").Count);
        Assert.Equal(["sim-2", "sim-3", "sim-4"], answer.Faults.Select(fault => fault.Cluster!.ClusterName));
        Assert.All(answer.Faults, fault =>
        {
            Assert.Equal(FaultPhase.Timeout, fault.Phase);
            Assert.Contains("deadline of 10 s", fault.Detail, StringComparison.Ordinal);
        });
        await TestSession.UntilAsync(() => session.Fleet["sim-2"].ActiveRequests == 0, "sim-2 is let go");
    }

    private static IEnumerable<RequestRecord> Lists(SimulatedCluster cluster) =>
        cluster.Requests.All.Where(request => request.Path.EndsWith("/configmaps", StringComparison.Ordinal));
}
