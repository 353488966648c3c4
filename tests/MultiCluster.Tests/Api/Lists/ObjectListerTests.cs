using MultiCluster.Api.Lists;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Api.Lists;

public sealed class ObjectListerTests
{
    private static readonly FleetOptions Big = new() { Pods = 0, ConfigMaps = 3000 };
    private static readonly ResourceKind ConfigMaps = new() { Group = "", Version = "v1", Kind = "ConfigMap", Plural = "configmaps", Singular = "configmap", Namespaced = true };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_list_comes_in_pages_first_small_then_large()
    {
        await using var session = await TestSession.SelectedAsync(Big);
        var cluster = session.Fleet.Clusters[0];
        var names = (await session.ReadAsync("configmaps")).Names("sim-1");
        Assert.Equal(cluster.Store.List("configmaps").Select(item => item.Name), names);
        Assert.Equal(["500", "2000", "2000"], Limits(cluster));
    }

    [Fact]
    public async Task The_next_page_is_asked_for_before_the_present_one_is_consumed()
    {
        await using var session = await TestSession.SelectedAsync(Big);
        var cluster = session.Fleet.Clusters[0];
        await using var pieces = session.Connection("sim-1").Session.Objects
            .ListAsync(ConfigMaps, new ListQuery(), CallContext.Default, Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await pieces.MoveNextAsync());
        Assert.True(pieces.Current.Count < 500);
        await TestSession.UntilAsync(() => cluster.Requests.Count == 2, "the second page has been asked for");
    }

    [Fact]
    public async Task A_list_that_is_given_up_leaves_no_request_behind()
    {
        await using var session = await TestSession.SelectedAsync(Big);
        var cluster = session.Fleet.Clusters[0];
        await foreach (var _ in session.Connection("sim-1").Session.Objects.ListAsync(ConfigMaps, new ListQuery(), CallContext.Default, Cancelled))
            break;
        await TestSession.UntilAsync(() => cluster.ActiveRequests == 0, "no request is under way");
        Assert.Equal(0, session.Connection("sim-1").Telemetry!.InFlight);
    }

    [Fact]
    public async Task Large_objects_make_small_pages()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var cluster = session.Fleet.Clusters[0];
        for (var i = 0; i < 600; i++)
            cluster.Store.Add($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"large-{{i:000}}","namespace":"web"},"data":{"x":"{{new string('x', 100_000)}}" } }""");
        Assert.Equal(600, await CountAsync(session, new ListQuery { Namespace = "web", FieldSelector = "metadata.name!=kube-root-ca.crt" }));
        var limits = Limits(cluster).Select(limit => int.Parse(limit, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(500, limits[0]);
        Assert.InRange(limits[1], 300, 340);
    }

    [Fact]
    public async Task A_token_that_expired_goes_on_with_the_servers_fresh_one_and_says_so_once()
    {
        await using var session = await TestSession.SelectedAsync(Big);
        session.Fleet.Clusters[0].Faults.Add(ClusterFault.ExpiredContinue());
        var answer = await session.ReadAsync("configmaps");
        Assert.Empty(answer.Faults);
        Assert.Equal(3011, answer.Objects.Count);
        Assert.StartsWith("sim-1: The list of configmaps took longer", Assert.Single(session.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_asks_for_no_more_than_it_wants()
    {
        await using var session = await TestSession.SelectedAsync(Big);
        Assert.Equal(7, await CountAsync(session, new ListQuery { First = 7 }));
        Assert.Equal(1200, await CountAsync(session, new ListQuery { First = 1200 }));
        Assert.Equal(0, await CountAsync(session, new ListQuery { First = 0 }));
        Assert.Equal(["7", "500", "700"], Limits(session.Fleet.Clusters[0]));
    }

    [Fact]
    public async Task Selectors_select_on_the_server()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0, ConfigMaps = 50 });
        Assert.Equal(2, await CountAsync(session, new ListQuery { LabelSelector = "app in (settings-1, settings-2)" }));
        Assert.Equal(1, await CountAsync(session, new ListQuery { FieldSelector = "metadata.name=settings-3" }));
        Assert.Contains("labelSelector=app%20in%20%28settings-1%2C%20settings-2%29", session.Fleet.Clusters[0].Requests.All[0].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_only_brings_metadata_only()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 20 });
        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true, MetadataOnly = true });
        Assert.Equal(20, answer.Objects.Count);
        Assert.All(answer.Objects, pod =>
        {
            Assert.Equal(typeof(KubeObject), pod.GetType());
            Assert.Equal("Pod", pod.Kind);
            Assert.NotNull(pod.Uid);
            Assert.Null(pod.Spec);
        });
    }

    [Fact]
    public async Task Custom_resources_bring_the_servers_columns_and_whole_objects()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var list = (await session.ReadAsync("widgets")).Objects;
        var one = (await session.ReadAsync(new ResourceQuery { Kinds = ["wd"], Names = ["widget-2"], Namespaces = ["default"] })).Objects;
        Assert.Equal(3, list.Count);
        foreach (var widget in new[] { list[1], Assert.Single(one) })
        {
            var columns = widget.Columns;
            Assert.Equal("widget-2", widget.Name);
            Assert.Equal((2L, "green"), (columns["Replicas"], columns["Color"]));
            Assert.Contains("\"spec\"", widget.ToJson(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Custom_resources_come_in_pages_too()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        for (var i = 0; i < 1200; i++)
            session.Fleet.Clusters[0].Store.Add($$"""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w-{{i:0000}}","namespace":"web"},"spec":{"color":"c{{i}}" } }""");
        var answer = await session.ReadAsync("widgets");
        Assert.Equal(1203, answer.Objects.Count);
        Assert.Equal("c1199", answer.Objects[^1].Columns["Color"]);
    }

    private static async Task<int> CountAsync(TestSession session, ListQuery query)
    {
        var count = 0;
        await foreach (var piece in session.Connection("sim-1").Session.Objects.ListAsync(ConfigMaps, query, CallContext.Default, Cancelled))
            count += piece.Count;
        return count;
    }

    private static IEnumerable<string> Limits(SimulatedCluster cluster) => cluster.Requests.All
        .Select(request => System.Web.HttpUtility.ParseQueryString(request.Query)["limit"])
        .OfType<string>();
}
