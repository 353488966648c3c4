using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Tests.Http;

namespace MultiCluster.Tests.Api.Writes;

public sealed class ObjectWriterTests : ApiClientTests
{
    private static readonly ResourceKind Nodes = BuiltInKinds.All.First(kind => kind.Kind == "Node");
    private static readonly ResourceKind Maps = BuiltInKinds.All.First(kind => kind.Kind == "ConfigMap");

    private readonly ConcurrentQueue<string> _bodies = new();

    [Fact]
    public async Task A_deletion_carries_the_uid_and_what_was_asked_for()
    {
        await using var server = Serve((_, _) => (200, """{"kind":"Status","status":"Success"}"""));
        var query = new DeleteQuery { Uid = "u-1", Propagation = DeletePropagation.Foreground, GracePeriodSeconds = 0, DryRun = true };
        Assert.Equal(DeleteOutcome.Gone, await Writer(server).DeleteAsync(Maps, "web", "a", query, CallContext.Default, Cancelled));
        Assert.StartsWith("DELETE /api/v1/namespaces/web/configmaps/a?dryRun=All ", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Equal(
            """{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"u-1"},"propagationPolicy":"Foreground","gracePeriodSeconds":0,"dryRun":["All"]}""",
            Assert.Single(_bodies));
    }

    [Theory]
    [InlineData(200, """{"kind":"Pod","metadata":{"name":"a","deletionTimestamp":"2026-01-01T00:00:00Z","deletionGracePeriodSeconds":30}}""", DeleteOutcome.Terminating)]
    [InlineData(200, """{"kind":"Pod","metadata":{"name":"a","deletionTimestamp":"2026-01-01T00:00:00Z","deletionGracePeriodSeconds":0,"finalizers":["x/y"]}}""", DeleteOutcome.Terminating)]
    [InlineData(200, """{"kind":"Pod","metadata":{"name":"a","deletionTimestamp":"2026-01-01T00:00:00Z","deletionGracePeriodSeconds":0}}""", DeleteOutcome.Gone)]
    [InlineData(404, """{"kind":"Status","message":"not found","reason":"NotFound","details":{"name":"a"}}""", DeleteOutcome.WasGone)]
    [InlineData(409, """{"kind":"Status","message":"the UID in the precondition (a) does not match the UID in record (b)","reason":"Conflict"}""", DeleteOutcome.WasGone)]
    public async Task What_became_of_the_object_is_told(int status, string body, DeleteOutcome outcome)
    {
        await using var server = Serve((_, _) => (status, body));
        Assert.Equal(outcome, await Writer(server).DeleteAsync(Maps, "web", "a", new DeleteQuery { Uid = "a" }, CallContext.Default, Cancelled));
    }

    [Fact]
    public async Task A_change_is_made_again_from_what_others_made_of_the_object()
    {
        await using var server = Serve((head, number) => head.StartsWith("GET", StringComparison.Ordinal)
            ? (200, Map("u-1", "5", "k", "x/y", "z/z"))
            : number == 1 ? (409, Stale) : (200, Map("u-1", "6", "k", "z/z")));
        var (item, written) = await Writer(server).RemoveFinalizersAsync(Read(Map("u-1", "4", "k", "x/y")), ["x/y"], dryRun: false, CallContext.Default, Cancelled);
        Assert.True(written);
        Assert.Equal("6", item.ResourceVersion);
        Assert.Equal(
            ["""{"metadata":{"finalizers":["k"],"uid":"u-1","resourceVersion":"4"}}""", "", """{"metadata":{"finalizers":["k","z/z"],"uid":"u-1","resourceVersion":"5"}}"""],
            _bodies);
        Assert.All(server.Requests.Where(head => head.StartsWith("PATCH", StringComparison.Ordinal)), head =>
        {
            Assert.Contains("fieldManager=multicluster-powershell", head, StringComparison.Ordinal);
            Assert.Contains("application/merge-patch+json", head, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_change_that_others_have_made_is_not_made_again()
    {
        await using var server = Serve((head, _) => head.StartsWith("GET", StringComparison.Ordinal) ? (200, Map("u-1", "5")) : (409, Stale));
        var (item, written) = await Writer(server).RemoveFinalizersAsync(Read(Map("u-1", "4", "x/y")), null, dryRun: false, CallContext.Default, Cancelled);
        Assert.False(written);
        Assert.Equal("5", item.ResourceVersion);
    }

    [Fact]
    public async Task An_object_that_was_replaced_is_not_changed()
    {
        await using var server = Serve((head, _) => head.StartsWith("GET", StringComparison.Ordinal) ? (200, Map("u-2", "9", "x/y")) : (409, Stale));
        var error = await Assert.ThrowsAsync<FaultException>(() => Writer(server).RemoveFinalizersAsync(Read(Map("u-1", "4", "x/y")), null, dryRun: false, CallContext.Default, Cancelled));
        Assert.Equal(FaultPhase.NotFound, error.Fault.Phase);
        Assert.Contains("another bears its name now", error.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Without_anything_to_change_nothing_is_sent()
    {
        await using var server = Serve((_, _) => (500, "{}"));
        Assert.False((await Writer(server).RemoveFinalizersAsync(Read(Map("u-1", "4")), null, dryRun: false, CallContext.Default, Cancelled)).Written);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_change_that_never_comes_to_an_end_is_a_conflict()
    {
        var version = 10;
        await using var server = Serve((head, _) => head.StartsWith("GET", StringComparison.Ordinal) ? (200, Map("u-1", $"{version++}", "x/y")) : (409, Stale));
        var error = await Assert.ThrowsAsync<FaultException>(() => Writer(server).RemoveFinalizersAsync(Read(Map("u-1", "4", "x/y")), null, dryRun: false, CallContext.Default, Cancelled));
        Assert.Equal(FaultPhase.Conflict, error.Fault.Phase);
        Assert.Equal(9, server.Requests.Count);
    }

    [Fact]
    public async Task A_patch_keeps_the_metadata_that_it_changes_beside_its_preconditions()
    {
        await using var server = Serve((_, _) => (200, """{"kind":"Node","metadata":{"name":"n","uid":"u"},"spec":{"unschedulable":true}}"""));
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["a"] = "b" } } };
        var node = await Writer(server).MergePatchAsync(Nodes, null, "n", new PatchQuery(patch) { Uid = "u", DryRun = true }, CallContext.Default, Cancelled);
        Assert.True(Assert.IsType<KubeNode>(node).Unschedulable);
        Assert.Equal("""{"metadata":{"labels":{"a":"b"},"uid":"u"}}""", Assert.Single(_bodies));
        Assert.Contains("&dryRun=All", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Null(patch["metadata"]!["uid"]);
    }

    [Fact]
    public async Task An_eviction_is_one_request_whatever_the_server_says()
    {
        await using var server = Serve((_, _) => (429, """{"kind":"Status","reason":"TooManyRequests","details":{"causes":[{"reason":"DisruptionBudget","message":"The disruption budget b needs 1 healthy pods and has 1 currently"}]}}"""));
        var client = NewClient(server);
        var evictor = new PodEvictor(client, Writer(client), "v1", gracePeriodSeconds: 5, dryRun: false);
        Assert.Equal("b", (await evictor.EvictAsync("web", "a", "u-1", CallContext.Default, Cancelled)).Budget);
        Assert.StartsWith("POST /api/v1/namespaces/web/pods/a/eviction ", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Equal(
            """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"a","namespace":"web"},"deleteOptions":{"preconditions":{"uid":"u-1"},"gracePeriodSeconds":5}}""",
            Assert.Single(_bodies));
    }

    private const string Stale = """{"kind":"Status","message":"the object has been modified","reason":"Conflict","details":{"name":"a"},"code":409}""";

    private static string Map(string uid, string version, params string[] finalizers) =>
        $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"web","uid":"{{uid}}","resourceVersion":"{{version}}","finalizers":[{{string.Join(',', finalizers.Select(name => $"\"{name}\""))}}] } }""";

    private static KubeObject Read(string json) => Objects.Kinds.Sample.Read(new ObjectSource { Cluster = Objects.Kinds.Sample.Cluster, Kind = Maps, Time = TimeProvider.System }, json);

    /// <summary>A server that answers by a request's head and number, 1 for the first.</summary>
    private WireServer Serve(Func<string, int, (int Status, string Body)> answer) => new(exchange =>
    {
        _bodies.Enqueue(exchange.Body);
        var (status, body) = answer(exchange.Head, exchange.Number);
        return exchange.AnswerAsync(status, body);
    });

    private ObjectWriter Writer(WireServer server) => Writer(NewClient(server));

    private ObjectWriter Writer(ApiClient client)
    {
        var identity = ClusterIdentity.Of("/kube/config", "test");
        return new ObjectWriter(client, new ObjectLister(client, identity, Time), identity, Time);
    }
}
