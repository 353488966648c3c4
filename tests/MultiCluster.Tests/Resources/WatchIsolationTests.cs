using MultiCluster.Api.Watches;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;
using static MultiCluster.Tests.Resources.WatchTests;

namespace MultiCluster.Tests.Resources;

public sealed class WatchIsolationTests
{
    private static readonly WatchQuery ConfigMaps = new() { Kinds = ["cm"], Namespaces = ["web"], ChangesOnly = true };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_ten_clusters_one_dead_and_one_that_refuses_the_login_change_nothing_for_the_other_eight()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 10, Pods = 0 });
        session.Fleet["sim-3"].Faults.Add(ClusterFault.BlackHole());
        session.Fleet["sim-7"].Faults.Add(ClusterFault.Unauthorized());
        await using var watch = new TestWatch(session, ConfigMaps, timeouts: new RequestTimeouts { Silence = TimeSpan.FromSeconds(1) });
        await watch.ConnectedAsync(8);
        foreach (var cluster in session.Fleet.Clusters)
            cluster.Store.Add(ConfigMap("a", "1"));
        await watch.UntilAsync(() => watch.Events.Count() == 8, "an event of each of the eight");
        await watch.UntilAsync(() => watch.Faults.Count() == 2, "the two faults");
        Assert.Equal(["sim-3 Timeout", "sim-7 Unauthorized"], watch.Faults.Select(fault => $"{fault.Cluster!.ClusterName} {fault.Phase}").Order());
        Assert.DoesNotContain(watch.Events, happened => happened.ClusterName is "sim-3" or "sim-7");
    }

    [Fact]
    public async Task A_fault_of_the_whole_cluster_is_told_once_however_many_kinds_are_watched()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var cluster = session.Fleet.Clusters[0];
        await using var watch = await new TestWatch(session, new WatchQuery { Kinds = ["cm", "pods", "secrets"], AllNamespaces = true, ChangesOnly = true }).ConnectedAsync(3);
        await cluster.StopAsync();
        await watch.UntilAsync(() => watch.Faults.Any(), "the fault is told");
        await cluster.StartAgainAsync();
        await watch.UntilAsync(() => watch.Count(WatchNoticeType.Resumed) == 3, "all go on");
        Assert.Single(watch.Faults);
        cluster.Store.Add(ConfigMap("a", "1"));
        await watch.ChangesAsync("Added a");
        await cluster.StopAsync();
        await watch.UntilAsync(() => watch.Faults.Count() == 2, "the next fault is told");
    }

    [Fact]
    public async Task A_cluster_that_is_disconnected_ends_alone_with_a_notice()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync(2);
        await session.Pool.DisconnectAsync([session.Cluster("sim-1")]);
        await watch.UntilAsync(() => watch.Items.OfType<FanOutDone>().Any(), "the cluster is done");
        var notice = watch.Notices.Single(notice => notice.Type == WatchNoticeType.Stopped);
        Assert.Equal(("sim-1", "Cluster disconnected"), (notice.ClusterName, notice.Message));
        Assert.Empty(watch.Faults);
        session.Fleet["sim-2"].Store.Add(ConfigMap("a", "1"));
        await watch.ChangesAsync("Added a");
        await TestSession.UntilAsync(() => session.Fleet["sim-1"].ActiveRequests == 0, "the server has seen the end");
    }

    [Fact]
    public async Task A_slow_reader_stops_the_sockets_and_fills_no_memory()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        var busy = session.Fleet["sim-1"];
        busy.Watches.History = busy.Watches.Queue = 100_000;
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync(2);
        const int written = 3000;
        var value = new string('x', 20_000);
        for (var i = 0; i < written; i++)
            busy.Store.Add(ConfigMap($"a{i:0000}", value));
        session.Fleet["sim-2"].Store.Add(ConfigMap("b", "1"));
        await TestSession.UntilAsync(() => watch.Run.Items.Count == 64, "the channel is full");
        await TestSession.UntilAsync(() => session.Connection("sim-2").Telemetry!.BytesReceived > 0, "the other cluster is read");
        Assert.InRange(watch.Run.Progress.Objects, 64, 64 + 256 + 200);
        await watch.UntilAsync(() => watch.Events.Count() == written + 1, "everything has come");
        Assert.Equal(Enumerable.Range(0, written).Select(i => $"a{i:0000}"), watch.Events.Where(happened => happened.ClusterName == "sim-1").Select(happened => happened.Name));
    }

    [Fact]
    public async Task Where_all_namespaces_are_forbidden_those_that_may_be_read_are_watched_and_the_fault_names_the_others()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 40 }, UserKind.Limited);
        await using var watch = await new TestWatch(session, new WatchQuery { Kinds = ["pods"], AllNamespaces = true }).ConnectedAsync();
        Assert.NotEmpty(watch.Events);
        Assert.All(watch.Events, happened => Assert.Equal("web", happened.Namespace));
        var fault = Assert.Single(watch.Faults);
        Assert.Equal(FaultPhase.Forbidden, fault.Phase);
        Assert.Contains("left out", fault.Detail, StringComparison.Ordinal);
        Assert.Contains(watch.Items.OfType<FanOutNotice>(), notice => notice.Level == NoticeLevel.Warning && notice.Text.EndsWith("a namespace that is created from now on does not join", StringComparison.Ordinal));
        var pod = watch.Events.First();
        session.Fleet.Clusters[0].Store.Remove("pods", pod.Namespace, pod.Name);
        await watch.ChangesAsync($"Deleted {pod.Name}");
    }

    [Fact]
    public async Task Where_nothing_may_be_watched_the_cluster_ends_with_its_fault()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 }, UserKind.Limited);
        await using var watch = new TestWatch(session, new WatchQuery { Kinds = ["secrets"], AllNamespaces = true });
        await watch.EndAsync();
        Assert.Equal(FaultPhase.Forbidden, Assert.Single(watch.Faults).Phase);
    }

    [Fact]
    public async Task A_watch_holds_no_session_that_its_cluster_has_replaced()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var connection = session.Connection("sim-1");
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        var first = connection.Session;
        await connection.ReplaceContextAsync(connection.Context);
        await session.Fleet.Clusters[0].StopAsync();
        await session.Fleet.Clusters[0].StartAgainAsync();
        await watch.UntilAsync(() => watch.Has(WatchNoticeType.Resumed), "the watch goes on");
        Assert.NotSame(first, connection.Session);
        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => first.Client.GetBytesAsync(new ApiRequest(HttpMethod.Get, "/version"), Cancelled));
    }
}
