using System.Text.Json.Nodes;
using MultiCluster.Api.Lists;
using MultiCluster.Changes;
using MultiCluster.Changes.Sending;
using MultiCluster.Changes.Wanted;
using MultiCluster.FanOut;
using MultiCluster.Manifests;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Hosting;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Changes;

/// <summary>Simulated clusters that hold namespaces alone, and changes of their objects.</summary>
internal sealed class ChangeFleet : IAsyncDisposable
{
    public const string Namespace = "web";

    private ChangeFleet(TestSession session) => Session = session;

    public TestSession Session { get; }

    /// <summary>The names of the clusters, in the order in which they are changed.</summary>
    public IReadOnlyList<string> Names => [.. Session.Names];

    public static async Task<ChangeFleet> StartAsync(int clusters = 1, TimeProvider? time = null) => new(await TestSession.SelectedAsync(
        new FleetOptions { Clusters = clusters, Pods = 0, LogLinesPerSecond = 0 },
        options: made => time is null ? made : made with { Time = time }));

    /// <summary>ConfigMaps of one key each.</summary>
    public static ObjectChange[] Maps(int count, string value = "1") => Apply(string.Join("\n---\n", Enumerable.Range(0, count).Select(i => $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: map-{i}}}, data: {{key: '{value}'}}}}")));

    /// <summary>The applies of a text's manifests.</summary>
    public static ObjectChange[] Apply(string yaml, bool force = false) => [.. Manifests(yaml).Select(manifest => ApplyChange.Of(manifest, null, force))];

    /// <summary>The manifests of a text.</summary>
    public static IReadOnlyList<Manifest> Manifests(string yaml)
    {
        var read = ManifestReader.Read(yaml, "test.yaml");
        Assert.Empty(read.Faults);
        return read.Manifests;
    }

    public SimulatedCluster Cluster(string name = "sim-1") => Session.Fleet[name];

    /// <summary>Begins to change every cluster.</summary>
    public ChangeStream Start(
        IReadOnlyList<ObjectChange> changes,
        ChangeOptions? options = null,
        Func<IReadOnlyList<KubeApplyResult>, CancellationToken, Task<bool>>? healthCheck = null,
        FanOutOptions? fanOut = null)
    {
        var fleet = new FleetChange([.. Session.Pool.Selected.Select(static cluster => cluster.Connection!)], changes, options ?? new ChangeOptions(), healthCheck);
        return new ChangeStream(Session, fleet, fanOut ?? new FanOutOptions());
    }

    /// <summary>Changes every cluster, to the end.</summary>
    public async Task<ChangeStream> ChangeAsync(
        IReadOnlyList<ObjectChange> changes, ChangeOptions? options = null, Func<IReadOnlyList<KubeApplyResult>, CancellationToken, Task<bool>>? healthCheck = null)
    {
        var stream = Start(changes, options, healthCheck);
        await using var _ = stream;
        await stream.EndAsync();
        return stream;
    }

    /// <summary>The requests of a method for objects of a kind, oldest first.</summary>
    public IReadOnlyList<RequestRecord> Requests(string method, string plural = "configmaps", string cluster = "sim-1") =>
        [.. Cluster(cluster).Requests.All.Where(request => request.Method == method && request.Path.Contains($"/{plural}/", StringComparison.Ordinal))];

    /// <summary>An object as a cluster stores it; null when it is not there.</summary>
    public JsonObject? Stored(string plural, string name, string cluster = "sim-1", string? ns = Namespace) => Cluster(cluster).Store.Find(plural, ns, name)?.ToJson() as JsonObject;

    /// <summary>The ConfigMaps of a cluster.</summary>
    public IEnumerable<string> StoredMaps(string cluster = "sim-1") => Cluster(cluster).Store.List("configmaps", Namespace).Select(static item => item.Name).Where(static name => name.StartsWith("map-", StringComparison.Ordinal));

    /// <summary>Changes what a cluster stores, as somebody else.</summary>
    public void Edit(string plural, string name, Action<JsonObject> change, string cluster = "sim-1")
    {
        var json = Stored(plural, name, cluster)!;
        change(json);
        ((JsonObject)json["metadata"]!).Remove("resourceVersion");
        Cluster(cluster).Store.Replace(json);
    }

    /// <summary>Waits until no cluster answers any more.</summary>
    public Task SilentAsync() => TestSession.UntilAsync(() => Session.Fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), "no request is under way");

    public ValueTask DisposeAsync() => Session.DisposeAsync();
}

/// <summary>A call that changes every selected cluster, and what it has brought so far.</summary>
internal sealed class ChangeStream(TestSession session, FleetChange fleet, FanOutOptions options) : TestStream<KubeApplyResult>(
    session, options, fleet, (cluster, sink, stop) => fleet.ChangeAsync(cluster.Connection!, ChangeFleet.Namespace, CallContext.Default, sink, stop))
{
    public FleetChange Fleet => fleet;

    /// <summary>The results, as told.</summary>
    public IReadOnlyList<KubeApplyResult> Results => [.. Objects];

    /// <summary>The results of a cluster.</summary>
    public IReadOnlyList<KubeApplyResult> Of(string cluster) => [.. Results.Where(result => result.ClusterName == cluster)];

    /// <summary>The result of the one object.</summary>
    public KubeApplyResult Result(string? name = null) => Assert.Single(Results, result => name is null || result.Name == name);

    /// <summary>What became of how many objects of a cluster: <c>Created 3</c>.</summary>
    public IEnumerable<string> Outcomes(string cluster) => Of(cluster).GroupBy(static result => result.Outcome).OrderBy(static group => group.Key).Select(static group => $"{group.Key} {group.Count()}");
}
