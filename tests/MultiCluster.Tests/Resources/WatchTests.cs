using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

public sealed class WatchTests
{
    private static readonly WatchQuery ConfigMaps = new() { Kinds = ["cm"], Namespaces = ["web"] };

    [Fact]
    public async Task What_is_there_is_added_and_what_changes_follows()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 20 });
        await using var watch = await new TestWatch(session, new WatchQuery { Kinds = ["pods"], AllNamespaces = true }).ConnectedAsync(2);
        Assert.Equal(40, watch.Events.Count());
        Assert.All(watch.Events, happened => Assert.Equal((WatchEventType.Added, null), (happened.Type, happened.Previous)));
        Assert.Equal([20, 20], watch.Notices.Select(notice => notice.Count));
        Assert.All(watch.Events, happened => Assert.IsType<KubePod>(happened.Object));
    }

    [Fact]
    public async Task An_event_carries_its_cluster_its_object_what_it_was_and_what_changed()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var store = session.Fleet.Clusters[0].Store;
        store.Add(ConfigMap("a", "1"));
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        store.Replace(ConfigMap("a", "2"));
        store.Remove("configmaps", "web", "a");
        await watch.ChangesAsync("Modified a", "Deleted a");
        var events = watch.Events.TakeLast(2).ToArray();
        Assert.Equal(["data.value"], events[0].Changed);
        Assert.Equal("1", ((KubeConfigMap)events[0].Previous!).Data!["value"]);
        Assert.Equal("2", ((KubeConfigMap)events[0].Object).Data!["value"]);
        Assert.Equal(("fleet.yaml:sim-1", "sim-1", "ConfigMap", "web", "a"), (events[0].ClusterId, events[0].ClusterName, events[0].Kind, events[0].Namespace, events[0].Name));
        Assert.Empty(events[1].Changed);
        Assert.Equal("2", ((KubeConfigMap)events[1].Object).Data!["value"]);
    }

    [Fact]
    public async Task Changes_only_leaves_out_what_is_there()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0, ConfigMaps = 30 });
        await using var watch = await new TestWatch(session, ConfigMaps with { ChangesOnly = true }).ConnectedAsync();
        Assert.Empty(watch.Events);
        var store = session.Fleet.Clusters[0].Store;
        store.Add(ConfigMap("a", "1"));
        store.Remove("configmaps", "web", "kube-root-ca.crt");
        await watch.ChangesAsync("Added a", "Deleted kube-root-ca.crt");
    }

    [Fact]
    public async Task Names_with_wildcards_are_picked_out_here_and_one_exact_name_by_the_server()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var cluster = session.Fleet.Clusters[0];
        await using var some = await new TestWatch(session, ConfigMaps with { Names = ["a*", "b"] }).ConnectedAsync();
        await using var one = await new TestWatch(session, ConfigMaps with { Names = ["b"] }).ConnectedAsync();
        foreach (var name in new[] { "c", "a1", "b", "a2" })
            cluster.Store.Add(ConfigMap(name, "1"));
        await some.ChangesAsync("Added a1", "Added b", "Added a2");
        await one.ChangesAsync("Added b");
        Assert.Contains(cluster.Requests.All, request => request.Query.Contains("fieldSelector=metadata.name%3Db", StringComparison.Ordinal) && request.Query.Contains("watch=true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Selectors_select_on_the_server_and_what_fits_no_more_is_deleted()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var store = session.Fleet.Clusters[0].Store;
        store.Add(ConfigMap("a", "1", """{"tier":"front"}"""));
        await using var watch = await new TestWatch(session, ConfigMaps with { LabelSelector = "tier=front" }).ConnectedAsync();
        store.Replace(ConfigMap("a", "2", """{"tier":"back"}"""));
        store.Replace(ConfigMap("a", "3", """{"tier":"front"}"""));
        await watch.ChangesAsync("Deleted a", "Added a");
    }

    [Fact]
    public async Task Several_kinds_and_namespaces_are_watched_side_by_side()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var store = session.Fleet.Clusters[0].Store;
        await using var watch = await new TestWatch(session, new WatchQuery { Kinds = ["cm", "widgets"], Namespaces = ["web", "payments"], ChangesOnly = true }).ConnectedAsync(4);
        store.Add(ConfigMap("a", "1"));
        store.Add("""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","namespace":"payments"},"spec":{"color":"red","replicas":2} }""");
        await watch.UntilAsync(() => watch.Events.Count() == 2, "both have come");
        Assert.Equal(["ConfigMap web/a", "Widget payments/w"], watch.Events.Select(happened => $"{happened.Kind} {happened.Namespace}/{happened.Name}").Order());
        var widget = watch.Events.Single(happened => happened.Kind == "Widget");
        Assert.Equal("red", widget.Object.Columns["Color"]);
    }

    [Fact]
    public async Task Custom_resources_bring_the_servers_columns_with_each_event()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var store = session.Fleet.Clusters[0].Store;
        await using var watch = await new TestWatch(session, new WatchQuery { Kinds = ["widgets"], AllNamespaces = true }).ConnectedAsync();
        foreach (var color in new[] { "red", "blue" })
        {
            var widget = store.Find("widgets.example.com", "default", "widget-1")!.ToJson();
            widget["spec"]!["color"] = color;
            store.Replace(widget);
        }

        await watch.ChangesAsync("Modified widget-1", "Modified widget-1");
        Assert.Equal(["red", "blue"], watch.Events.TakeLast(2).Select(happened => happened.Object.Columns["Color"]));
        Assert.Equal(["spec.color"], watch.Events.Last().Changed);
    }

    [Fact]
    public async Task Metadata_alone_can_be_watched()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        await using var watch = await new TestWatch(session, ConfigMaps with { MetadataOnly = true }).ConnectedAsync();
        session.Fleet.Clusters[0].Store.Add(ConfigMap("a", "1"));
        await watch.ChangesAsync("Added a");
        Assert.DoesNotContain("\"data\"", watch.Events.Last().Object.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_ends_the_call_after_so_many_events_of_all_clusters()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 0 });
        await using var watch = new TestWatch(session, ConfigMaps with { First = 4, ChangesOnly = true });
        await watch.ConnectedAsync(3);
        for (var i = 0; i < 6; i++)
            session.Fleet.Clusters[i % 3].Store.Add(ConfigMap($"a{i}", "1"));
        await watch.EndAsync();
        Assert.Equal(4, watch.Events.Count());
        Assert.Empty(watch.Faults);
        Assert.Equal(3, watch.Run.Report(1).Answered);
        await TestSession.UntilAsync(() => session.Fleet.Clusters.All(cluster => cluster.ActiveRequests == 0), "no request is under way");
    }

    [Fact]
    public async Task A_call_of_limited_duration_ends_by_itself_and_without_a_fault()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 }, options: made => made with { Time = time });
        var watch = new TestWatch(session, ConfigMaps with { Duration = TimeSpan.FromSeconds(30) }, time: time);
        await using (watch)
        {
            await watch.ConnectedAsync(2);
            time.Advance(TimeSpan.FromSeconds(30));
            await watch.EndAsync();
            Assert.Empty(watch.Faults);
            Assert.Equal(2, watch.Run.Report(1).Answered);
        }
    }

    [Fact]
    public async Task Every_cluster_is_watched_however_few_may_get_ready_at_once()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 6, Pods = 0 });
        await using var watch = new TestWatch(session, ConfigMaps with { ChangesOnly = true }, throttle: 2);
        await watch.ConnectedAsync(6);
        foreach (var cluster in session.Fleet.Clusters)
            cluster.Store.Add(ConfigMap("a", "1"));
        await watch.UntilAsync(() => watch.Events.Count() == 6, "an event of each");
    }

    [Fact]
    public async Task A_kind_that_cannot_be_watched_is_a_fault()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 5 });
        await using var watch = new TestWatch(session, new WatchQuery { Kinds = ["componentstatuses"] });
        await watch.EndAsync();
        Assert.Equal(FaultPhase.Invalid, Assert.Single(watch.Faults).Phase);
    }

    internal static string ConfigMap(string name, string value, string labels = "{}") =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","namespace":"web","labels":{{{labels}}} },"data":{"value":"{{{value}}}"} }""";
}
