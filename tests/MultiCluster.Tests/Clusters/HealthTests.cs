using MultiCluster.Clusters;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

public sealed class HealthTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public static TheoryData<string> Failures => ["refuse", "page", "error"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_cluster_that_fails_its_preflight_stays_selected_and_heals_by_itself(string failure)
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 }, options: made => made with { Time = time });
        var fault = session.Fleet["sim-2"].Faults.Add(failure switch
        {
            "refuse" => ClusterFault.Refuse(),
            "page" => ClusterFault.ProxyPage(),
            _ => ClusterFault.InternalError(),
        });
        await session.ConnectAsync();
        Assert.Equal(ClusterState.Ready, session.Cluster("sim-1").State);
        Assert.Equal(ClusterState.Unreachable, session.Cluster("sim-2").State);
        Assert.StartsWith("sim-2: cannot connect: ", session.Cluster("sim-2").LastError, StringComparison.Ordinal);
        Assert.NotNull(session.Cluster("sim-2").RecommendedAction);

        fault.Dispose();

        // The first beat may still meet a connection that the failure has closed; the second one heals it then, and a third is never needed.
        for (var beats = 0; beats < 2 && session.Cluster("sim-2").State != ClusterState.Ready; beats++)
        {
            time.Advance(Beat);
            for (var waits = 0; waits < 150 && session.Cluster("sim-2").State != ClusterState.Ready; waits++)
                await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await session.UntilAsync(ClusterEventKind.HealthHealthy, "sim-2");
        Assert.Equal(ClusterState.Ready, session.Cluster("sim-2").State);
        Assert.Equal("v1.33.1", session.Cluster("sim-2").Version);
        Assert.Null(session.Cluster("sim-2").LastError);
    }

    [Fact]
    public async Task What_a_selection_asks_of_a_cluster_is_asked_at_once()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 1, Pods = 0 });
        var cluster = session.Fleet["sim-1"];
        var fault = cluster.Faults.Add(ClusterFault.BlackHole().When(static request => request.Path == "/version"));

        var connecting = session.ConnectAsync();

        await TestSession.UntilAsync(() => cluster.Requests.All.Any(static request => request.Path == "/api/v1/namespaces/kube-system"), "the second request has come");
        Assert.False(connecting.IsCompleted);
        fault.Dispose();
        await session.Pool.DisposeAsync();
        await connecting;
    }

    [Fact]
    public async Task A_selection_and_the_first_list_of_a_built_in_kind_make_three_requests()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 1, Pods = 10 });
        await session.ConnectAsync();
        await session.ReadAsync("pods");

        Assert.Equal(3, session.Fleet["sim-1"].Requests.All.Count);
    }

    [Fact]
    public async Task Health_is_told_when_it_changes_and_only_then()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 }, options: made => made with { Time = time });
        await session.ConnectAsync();
        var cluster = session.Fleet.Clusters[0];

        var fault = cluster.Faults.Add(ClusterFault.Unavailable());
        await BeatAsync(session, time);
        await session.UntilAsync(ClusterEventKind.HealthDegraded);
        Assert.Equal(ClusterState.Degraded, session.Cluster("sim-1").State);
        await BeatAsync(session, time);
        fault.Dispose();
        await BeatAsync(session, time);
        await session.UntilAsync(ClusterEventKind.HealthHealthy);
        await BeatAsync(session, time);

        Assert.Equal(
            [ClusterEventKind.HealthDegraded, ClusterEventKind.HealthHealthy],
            session.Events.Where(happened => happened.ClusterName is not null).Select(happened => happened.Kind));
        Assert.Equal(
            [ClusterState.Ready, ClusterState.Degraded, ClusterState.Ready], session.Connection("sim-1").History.Select(change => change.State));
    }

    [Fact]
    public async Task A_server_that_forbids_its_health_page_is_healthy()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 }, options: made => made with { Time = time });
        await session.ConnectAsync();
        session.Fleet.Clusters[0].Faults.Add(ClusterFault.Forbidden().When(request => request.Path == "/readyz"));
        await BeatAsync(session, time);
        Assert.Equal(ClusterState.Ready, session.Cluster("sim-1").State);
    }

    [Fact]
    public async Task There_is_no_heartbeat_while_nothing_is_selected()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 }, options: made => made with { Time = time });
        await session.Pool.DisconnectAsync(session.Pool.Selected);
        await TestSession.UntilAsync(() => time.ActiveTimers == 0, "no timer is left");
        Assert.Equal(0, session.Fleet.Clusters[0].Requests.Count);
    }

    /// <summary>One beat, to the end of its request; time stands still meanwhile, so that it cannot run out.</summary>
    private static async Task BeatAsync(TestSession session, TestClock time)
    {
        var cluster = session.Fleet.Clusters[0];
        var asked = cluster.Requests.Count;
        time.Advance(Beat);
        await TestSession.UntilAsync(
            () => cluster.Requests.Count > asked && session.Connection("sim-1").Telemetry!.InFlight == 0, "the cluster was asked and has answered");
    }
}
