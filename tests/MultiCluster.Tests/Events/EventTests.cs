using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Events;

public sealed class EventTests
{
    private static readonly FleetOptions Two = new() { Clusters = 2, Pods = 0 };
    private static readonly EventQuery All = new() { AllNamespaces = true };

    [Fact]
    public async Task Events_of_all_clusters_come_newest_first()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 60, Events = 200 });
        var events = (await ReadAsync(session, All)).Objects.ToArray();
        Assert.Equal(600, events.Length);
        Assert.Equal(events.OrderByDescending(happened => happened.LastSeenAt).Select(happened => happened.Uid), events.Select(happened => happened.Uid));
        Assert.True(events.Take(50).Select(happened => happened.ClusterName).Distinct().Count() == 3, "the clusters are mixed");
    }

    [Fact]
    public async Task First_gives_the_newest_of_all_clusters()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 60, Events = 200 });
        var all = (await ReadAsync(session, All)).Objects.Select(happened => happened.Uid).ToArray();
        Assert.Equal(all[..7], (await ReadAsync(session, All with { First = 7 })).Objects.Select(happened => happened.Uid));
    }

    [Fact]
    public async Task The_time_of_an_event_is_its_series_then_last_seen_then_event_time_then_first_seen_then_creation()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var store = session.Fleet.Clusters[0].Store;
        store.Add(Event("creation", ""));
        store.Add(Event("first", "\"firstTimestamp\":\"2026-01-01T00:00:02Z\""));
        store.Add(Event("event", "\"firstTimestamp\":\"2026-01-01T00:00:01Z\",\"eventTime\":\"2026-01-01T00:00:03.000000Z\""));
        store.Add(Event("last", "\"firstTimestamp\":\"2026-01-01T00:00:01Z\",\"eventTime\":\"2026-01-01T00:00:01.000000Z\",\"lastTimestamp\":\"2026-01-01T00:00:04Z\""));
        store.Add(Event("series", "\"lastTimestamp\":\"2026-01-01T00:00:01Z\",\"series\":{\"count\":9,\"lastObservedTime\":\"2026-01-01T00:00:05.000000Z\"}"));
        var names = (await ReadAsync(session, All)).Objects.Select(happened => happened.Name);
        Assert.Equal(["creation", "series", "last", "event", "first"], names); // the creation is now
    }

    [Fact]
    public async Task Type_and_reason_are_picked_out_by_the_server_where_it_can()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 60, Events = 300 });
        var cluster = session.Fleet.Clusters[0];
        var all = (await ReadAsync(session, All)).Objects.ToArray();
        var warnings = (await ReadAsync(session, All with { Type = "warning", Reasons = ["BackOff"] })).Objects;
        Assert.Equal(all.Where(happened => happened is { Type: "Warning", Reason: "BackOff" }).Select(happened => happened.Uid), warnings.Select(happened => happened.Uid));
        Assert.Contains("fieldSelector=type%3DWarning%2Creason%3DBackOff", cluster.Requests.All[^1].Query, StringComparison.Ordinal);
        var some = (await ReadAsync(session, All with { Reasons = ["Back*", "started"] })).Objects;
        Assert.Equal(all.Where(happened => happened.Reason is "BackOff" or "Started").Select(happened => happened.Uid), some.Select(happened => happened.Uid));
        Assert.DoesNotContain("fieldSelector", cluster.Requests.All[^1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Since_leaves_out_what_was_last_seen_before()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 60, Events = 300 });
        var all = (await ReadAsync(session, All)).Objects.ToArray();
        var recent = (await ReadAsync(session, All with { Since = TimeSpan.FromMinutes(20) })).Objects.ToArray();
        Assert.InRange(recent.Length, 1, all.Length - 1);
        Assert.Equal(all.Take(recent.Length).Select(happened => happened.Uid), recent.Select(happened => happened.Uid));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Events_of_given_objects_are_read_in_their_own_cluster(int objects)
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 60, Events = 400 });
        var all = (await ReadAsync(session, All)).Objects.ToArray();
        var pods = (await session.ReadAsync("pods")).Objects.Where(pod => pod.ClusterName == "sim-1" && all.Any(happened => IsAbout(happened, pod))).Take(objects).ToArray();
        Assert.Equal(objects, pods.Length);
        var events = (await ReadAsync(session, new EventQuery { Subjects = [.. pods.Select(EventSubject.Of)] })).Objects;
        Assert.Equal(all.Where(happened => pods.Any(pod => IsAbout(happened, pod))).Select(happened => happened.Uid), events.Select(happened => happened.Uid));
    }

    [Fact]
    public async Task Events_about_a_former_object_of_the_same_name_are_left_out_and_a_nodes_kubelet_is_understood()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 10 });
        var store = session.Fleet.Clusters[0].Store;
        var pod = (await session.ReadAsync("pods")).Objects[0];
        var node = (await session.ReadAsync("nodes")).Objects[0];
        store.Add(Event("mine", $"\"lastTimestamp\":\"2026-01-01T00:00:01Z\"", pod.Namespace!, About("Pod", pod.Namespace!, pod.Name, pod.Uid!)));
        store.Add(Event("former", $"\"lastTimestamp\":\"2026-01-01T00:00:01Z\"", pod.Namespace!, About("Pod", pod.Namespace!, pod.Name, "gone")));
        store.Add(Event("node", $"\"lastTimestamp\":\"2026-01-01T00:00:01Z\"", "default", $$"""{"kind":"Node","name":"{{node.Name}}","uid":"{{node.Name}}"}"""));
        var events = (await ReadAsync(session, new EventQuery { Subjects = [EventSubject.Of(pod), EventSubject.Of(node)] })).Objects.Select(happened => happened.Name).ToArray();
        Assert.Contains("mine", events);
        Assert.Contains("node", events);
        Assert.DoesNotContain("former", events);
    }

    [Fact]
    public async Task A_cluster_that_fails_is_a_fault_and_the_others_are_sorted_all_the_same()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 60 });
        await session.Fleet["sim-2"].StopAsync();
        var answer = await ReadAsync(session, All);
        Assert.Equal(FaultPhase.Connect, Assert.Single(answer.Faults).Phase);
        Assert.Equal(["sim-1", "sim-3"], answer.Objects.Select(happened => happened.ClusterName).Distinct().Order());
    }

    [Fact]
    public async Task Where_all_namespaces_are_forbidden_those_that_may_be_read_are()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 60, Events = 200 }, UserKind.Limited);
        var answer = await ReadAsync(session, All);
        Assert.NotEmpty(answer.Objects);
        Assert.Contains("left out", Assert.Single(answer.Faults).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_events_come_and_one_that_is_seen_again_comes_again_with_its_count()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        var store = session.Fleet.Clusters[0].Store;
        store.Add(Event("old", "\"lastTimestamp\":\"2026-01-01T00:00:01Z\",\"count\":1"));
        await using var watch = await WatchAsync(session, All);
        Assert.Empty(watch.Objects);
        store.Add(Event("new", "\"lastTimestamp\":\"2026-01-01T00:00:01Z\",\"count\":1"));
        store.Replace(Event("new", "\"lastTimestamp\":\"2026-01-01T00:00:02Z\",\"count\":2"));
        store.Remove("events", "default", "old");
        store.Replace(Event("new", "\"lastTimestamp\":\"2026-01-01T00:00:03Z\",\"count\":3"));
        await watch.UntilAsync(() => watch.Objects.Count() == 3, "all three");
        Assert.Equal(["new 1", "new 2", "new 3"], watch.Objects.Select(happened => $"{happened.Name} {happened.Count}"));
    }

    [Fact]
    public async Task With_since_the_watch_begins_with_recent_events_in_the_order_of_time()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 60, Events = 200 });
        await using var watch = await WatchAsync(session, All with { Since = TimeSpan.FromMinutes(30) });
        await watch.UntilAsync(() => watch.Has(WatchNoticeType.Connected), "it is connected");
        var events = watch.Objects.ToArray();
        Assert.InRange(events.Length, 1, 199);
        Assert.Equal(events.OrderBy(happened => happened.LastSeenAt).Select(happened => happened.Uid), events.Select(happened => happened.Uid));
    }

    [Fact]
    public async Task Events_of_all_clusters_leave_in_the_order_of_their_own_time()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        await using var watch = await WatchAsync(session, All, TimeSpan.FromSeconds(2));
        session.Fleet["sim-1"].Store.Add(Event("third", "\"eventTime\":\"2026-01-01T00:00:03.000000Z\""));
        session.Fleet["sim-2"].Store.Add(Event("second", "\"eventTime\":\"2026-01-01T00:00:02.000000Z\""));
        session.Fleet["sim-1"].Store.Add(Event("first", "\"eventTime\":\"2026-01-01T00:00:01.000000Z\""));
        await watch.UntilAsync(() => watch.Objects.Count() == 3, "all three");
        Assert.Equal(["first", "second", "third"], watch.Objects.Select(happened => happened.Name));
    }

    [Fact]
    public async Task Events_of_one_object_are_watched_by_the_servers_selection()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 10 });
        var pod = (await session.ReadAsync("pods")).Objects.First(pod => pod.ClusterName == "sim-1");
        await using var watch = await WatchAsync(session, new EventQuery { Subjects = [EventSubject.Of(pod)], First = 1 }, clusters: 1);
        var store = session.Fleet["sim-1"].Store;
        store.Add(Event("other", "", pod.Namespace!));
        store.Add(Event("mine", "", pod.Namespace!, About("Pod", pod.Namespace!, pod.Name, pod.Uid!)));
        await watch.EndAsync();
        Assert.Equal(["mine"], watch.Objects.Select(happened => happened.Name));
        Assert.Contains("involvedObject.name", session.Fleet["sim-1"].Requests.All[^1].Query, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Fleet["sim-2"].Requests.All, request => request.Path.EndsWith("/events", StringComparison.Ordinal));
    }

    private static bool IsAbout(KubeEvent happened, KubeObject pod) => happened.ClusterId == pod.ClusterId && happened.InvolvedObject!["uid"] is string uid && uid == pod.Uid;

    private static string About(string kind, string ns, string name, string uid) => $$"""{"kind":"{{kind}}","namespace":"{{ns}}","name":"{{name}}","uid":"{{uid}}"}""";

    private static string Event(string name, string fields, string ns = "default", string about = """{"kind":"Pod","namespace":"default","name":"p","uid":"u"}""") => $$$"""
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}"},"type":"Warning","reason":"Test","involvedObject":{{{about}}}{{{(fields.Length == 0 ? "" : ",")}}}{{{fields}}} }
        """;

    private static async Task<TestStream<KubeEvent>> ReadAsync(TestSession session, EventQuery query)
    {
        var reader = new EventReader(query, TimeProvider.System);
        var stream = new TestStream<KubeEvent>(session, new FanOutOptions { Order = reader.Order }, null, (cluster, sink, stop) =>
            reader.ReadAsync(cluster.Connection!, session.Pool.Namespaces.For(cluster), CallContext.Default, sink, stop));
        await using var _ = stream;
        await stream.EndAsync();
        return stream;
    }

    private static async Task<TestStream<KubeEvent>> WatchAsync(TestSession session, EventQuery query, TimeSpan? window = null, int? clusters = null)
    {
        var watcher = new EventWatcher(query, session.Pool.Selected.Count, TimeProvider.System, static () => 0);
        var options = new FanOutOptions { Order = FanOutOrder.ByTime(window ?? TimeSpan.Zero) };
        var stream = new TestStream<KubeEvent>(session, options, watcher, (cluster, sink, stop) =>
            watcher.WatchAsync(cluster.Connection!, session.Pool.Namespaces.For(cluster), CallContext.Default, sink, stop));
        await stream.UntilAsync(() => stream.Count(WatchNoticeType.Connected) == (clusters ?? session.Pool.Selected.Count), "all are connected");
        return stream;
    }
}
