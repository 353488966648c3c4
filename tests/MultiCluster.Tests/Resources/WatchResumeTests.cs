using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Hosting;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Tests.Support;
using static MultiCluster.Tests.Resources.WatchTests;

namespace MultiCluster.Tests.Resources;

public sealed class WatchResumeTests
{
    private static readonly FleetOptions One = new() { Pods = 0 };
    private static readonly WatchQuery ConfigMaps = new() { Kinds = ["cm"], Namespaces = ["web"], ChangesOnly = true };

    [Fact]
    public async Task A_server_that_went_down_is_resumed_where_it_was_left_and_nothing_is_missing()
    {
        await using var session = await TestSession.SelectedAsync(One);
        var cluster = session.Fleet.Clusters[0];
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        cluster.Store.Add(ConfigMap("a", "1"));
        await watch.ChangesAsync("Added a");
        await cluster.StopAsync();
        cluster.Store.Replace(ConfigMap("a", "2"));
        cluster.Store.Add(ConfigMap("b", "1"));
        await watch.UntilAsync(() => watch.Has(WatchNoticeType.Interrupted), "the break is told");
        await cluster.StartAgainAsync();
        await watch.ChangesAsync("Added a", "Modified a", "Added b");
        Assert.True(watch.Has(WatchNoticeType.Resumed));
        Assert.False(watch.Has(WatchNoticeType.Gap));
        Assert.Single(Lists(cluster));
    }

    [Fact]
    public async Task A_version_that_the_server_has_forgotten_is_answered_by_differences()
    {
        await using var session = await TestSession.SelectedAsync(One);
        var cluster = session.Fleet.Clusters[0];
        foreach (var name in new[] { "same", "changed", "gone", "recreated" })
            cluster.Store.Add(ConfigMap(name, "1"));
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        await cluster.StopAsync();
        cluster.Store.Replace(ConfigMap("changed", "2"));
        cluster.Store.Remove("configmaps", "web", "gone");
        cluster.Store.Remove("configmaps", "web", "recreated");
        cluster.Store.Add(ConfigMap("recreated", "2"));
        cluster.Store.Add(ConfigMap("new", "1"));
        cluster.Store.Compact();
        await cluster.StartAgainAsync();
        await watch.UntilAsync(() => watch.Has(WatchNoticeType.Relisted), "it was listed again");
        Assert.Equal(["Modified changed", "Added new", "Deleted recreated", "Added recreated", "Deleted gone"], watch.Changes);
        Assert.Equal(5, watch.Notices.Single(notice => notice.Type == WatchNoticeType.Relisted).Count);
        var gap = watch.Notices.Single(notice => notice.Type == WatchNoticeType.Gap);
        Assert.Equal(gap.Duration, gap.To - gap.From);
        cluster.Store.Add(ConfigMap("later", "1"));
        await watch.UntilAsync(() => watch.Changes.Last() == "Added later", "the watch goes on");
    }

    [Theory]
    [InlineData(StreamingList.Served, 0)]
    [InlineData(StreamingList.Refused, 1)]
    [InlineData(StreamingList.Unknown, 1)]
    public async Task A_new_server_is_asked_for_its_list_as_a_stream_and_for_a_list_when_it_refuses(StreamingList mode, int lists)
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 30, Version = "v1.34.1" });
        await session.ConnectAsync();
        var cluster = session.Fleet.Clusters[0];
        cluster.Watches.StreamingList = mode;
        var pods = new WatchQuery { Kinds = ["pods"], AllNamespaces = true };
        await using var watch = await new TestWatch(session, pods).ConnectedAsync();
        Assert.Equal(30, watch.Events.Count());
        Assert.Equal(lists, Lists(cluster).Count());
        Assert.Equal(1, cluster.Requests.All.Count(request => request.Query.Contains("sendInitialEvents", StringComparison.Ordinal)));
        cluster.Store.Remove("pods", watch.Events.First().Namespace, watch.Events.First().Name);
        await watch.ChangesAsync($"Deleted {watch.Events.First().Name}");

        await using var second = await new TestWatch(session, pods).ConnectedAsync();
        Assert.Equal(29, second.Events.Count());
        Assert.Equal(mode == StreamingList.Served ? 2 : 1, cluster.Requests.All.Count(request => request.Query.Contains("sendInitialEvents", StringComparison.Ordinal)));
        Assert.Empty(watch.Faults);
    }

    [Fact]
    public async Task A_server_that_ignores_the_wish_for_a_streaming_list_is_found_out_by_its_silence()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0, Version = "v1.34.1" }, options: made => made with { Time = time });
        await session.ConnectAsync();
        session.Fleet.Clusters[0].Watches.StreamingList = StreamingList.Ignored;
        await using var watch = new TestWatch(session, ConfigMaps with { ChangesOnly = false }, time: time);
        await watch.UntilAsync(() => watch.Events.Any(), "the first objects are there");
        await TestSession.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                while (watch.Run.Items.TryRead(out var item))
                    watch.Add(item);
                return watch.Has(WatchNoticeType.Connected);
            },
            "it is connected");
        Assert.Single(watch.Events);
    }

    [Fact]
    public async Task A_login_that_is_lost_is_told_and_the_watch_goes_on_when_it_is_regained()
    {
        await using var session = await TestSession.SelectedAsync(One);
        var cluster = session.Fleet.Clusters[0];
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        cluster.Faults.Add(ClusterFault.Unauthorized());
        await cluster.StopAsync();
        await cluster.StartAgainAsync();
        cluster.Store.Add(ConfigMap("a", "1"));
        await watch.UntilAsync(() => watch.Faults.Any(), "the lost login is told");
        Assert.Equal(FaultPhase.Unauthorized, Assert.Single(watch.Faults).Phase);
        cluster.Faults.Clear();
        session.Connection("sim-1").RetryLogin();
        await watch.ChangesAsync("Added a");
        Assert.True(watch.Has(WatchNoticeType.Resumed));
        Assert.Single(watch.Faults);
    }

    [Fact]
    public async Task A_kind_that_is_deleted_and_created_again_is_watched_again()
    {
        await using var session = await TestSession.SelectedAsync(One);
        var cluster = session.Fleet.Clusters[0];
        var definition = cluster.Store.Find("customresourcedefinitions.apiextensions.k8s.io", null, "widgets.example.com")!.ToJson();
        await using var watch = await new TestWatch(session, new WatchQuery { Kinds = ["widgets"], AllNamespaces = true, ChangesOnly = true }).ConnectedAsync();
        cluster.Store.Remove("customresourcedefinitions.apiextensions.k8s.io", null, "widgets.example.com");
        await watch.UntilAsync(() => watch.Has(WatchNoticeType.Stopped) && watch.Faults.Any(fault => fault.Phase == FaultPhase.KindNotFound && fault.HttpStatus is null), "the loss is told");
        Assert.Equal(["Deleted widget-1", "Deleted widget-2", "Deleted widget-3"], watch.Changes.Order());

        definition["metadata"]!.AsObject().Remove("uid");
        cluster.Store.Add(definition);
        cluster.Store.Add("""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","namespace":"web"},"spec":{"color":"red"} }""");
        await watch.UntilAsync(() => watch.Changes.LastOrDefault() == "Added w" && watch.Count(WatchNoticeType.Connected) == 2, "the new kind is watched");
    }

    [Fact]
    public async Task A_kind_that_one_cluster_lacks_is_its_fault_once_and_joins_when_it_is_served()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        var lacking = session.Fleet["sim-2"];
        var definition = lacking.Store.Find("customresourcedefinitions.apiextensions.k8s.io", null, "widgets.example.com")!.ToJson();
        lacking.Store.Remove("customresourcedefinitions.apiextensions.k8s.io", null, "widgets.example.com");
        await using var watch = await new TestWatch(session, new WatchQuery { Kinds = ["widgets"], AllNamespaces = true, ChangesOnly = true }).ConnectedAsync(1);
        await watch.UntilAsync(() => watch.Faults.Any(), "the missing kind is told");
        Assert.Equal((FaultPhase.KindNotFound, "sim-2"), (watch.Faults.Single().Phase, watch.Faults.Single().Cluster?.ClusterName ?? watch.Items.OfType<MultiCluster.FanOut.FanOutFault>().Single().Cluster.ClusterName));
        definition["metadata"]!.AsObject().Remove("uid");
        lacking.Store.Add(definition);
        lacking.Store.Add("""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","namespace":"web"},"spec":{"color":"red"} }""");
        await watch.ChangesAsync("Added w");
        Assert.Single(watch.Faults);
    }

    [Fact]
    public async Task A_kind_that_no_cluster_has_ends_the_call()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        await using var watch = new TestWatch(session, new WatchQuery { Kinds = ["gadgets"] });
        await watch.EndAsync();
        Assert.Equal([FaultPhase.KindNotFound, FaultPhase.KindNotFound], watch.Faults.Select(fault => fault.Phase));
    }

    [Fact]
    public async Task A_large_event_comes_whole_and_one_beyond_the_bound_ends_its_kind_with_a_fault()
    {
        await using var session = await TestSession.SelectedAsync(One);
        var cluster = session.Fleet.Clusters[0];
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        await using var bounded = await new TestWatch(session, ConfigMaps with { MaxEventBytes = 1 << 20 }).ConnectedAsync();
        cluster.Store.Add(ConfigMap("large", new string('x', 10_000_000)));
        await watch.ChangesAsync("Added large");
        Assert.Equal(10_000_000, ((MultiCluster.Objects.KubeConfigMap)watch.Events.Last().Object).Data!["value"]!.ToString()!.Length);
        await bounded.EndAsync();
        Assert.Contains("larger than 1 MiB", Assert.Single(bounded.Faults).Detail, StringComparison.Ordinal);
    }

    private static IEnumerable<RequestRecord> Lists(SimulatedCluster cluster) =>
        cluster.Requests.All.Where(request => request.Query.Contains("limit=", StringComparison.Ordinal));
}
