using System.Text.Json.Nodes;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Draining;
using MultiCluster.Nodes.Jobs;
using MultiCluster.Nodes.Planning;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Hosting;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Nodes;

/// <summary>Simulated clusters with nodes and pods that a test puts there, and drains of them.</summary>
internal sealed class DrainFleet : IAsyncDisposable
{
    public const string Namespace = "web";

    private readonly List<IAsyncDisposable> _owned = [];

    private DrainFleet(TestSession session) => Session = session;

    public TestSession Session { get; }

    public ClusterPool Pool => Session.Pool;

    public DrainStore Store => DrainStore.Of(Pool);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Clusters that hold namespaces alone, all selected. Their pods end a twentieth of a second after they are told to.</summary>
    public static async Task<DrainFleet> StartAsync(int clusters = 1, string version = "v1.33.1", UserKind user = UserKind.AdminToken)
    {
        var fleet = new DrainFleet(await TestSession.SelectedAsync(new FleetOptions { Clusters = clusters, Pods = 0, LogLinesPerSecond = 0, Version = version }, user));
        foreach (var cluster in fleet.Session.Fleet.Clusters)
            cluster.Controllers.PodTerminationTime = TimeSpan.FromMilliseconds(50);
        return fleet;
    }

    public SimulatedCluster Cluster(string name = "sim-1") => Session.Fleet[name];

    public void AddNode(string name, int pods = 0, string cluster = "sim-1")
    {
        Cluster(cluster).Store.Add($$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{name}}"},"spec":{},"status":{"conditions":[{"type":"Ready","status":"True"}]} }""");
        for (var i = 0; i < pods; i++)
            AddPod($"{name}-{i}", name, cluster);
    }

    /// <summary>A running, ready pod with the label app=web.</summary>
    public void AddPod(string name, string node, string cluster = "sim-1", string metadata = "", string owner = """{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","uid":"rs-1","controller":true}""") => Cluster(cluster).Store.Add($$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"web","labels":{"app":"web","pod":"{{name}}"},"ownerReferences":[ {{owner}} ]{{(metadata.Length == 0 ? "" : $",{metadata}")}} },
         "spec":{"nodeName":"{{node}}","terminationGracePeriodSeconds":30,"containers":[{"name":"app","image":"x"}]},
         "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]} }
        """);

    /// <summary>The owner reference of a pod to its DaemonSet.</summary>
    public static string DaemonSetOwner(string apiVersion, string name, string uid) => $$"""{"apiVersion":"{{apiVersion}}","kind":"DaemonSet","name":"{{name}}","uid":"{{uid}}","controller":true}""";

    /// <summary>A DaemonSet; returns its uid.</summary>
    public string AddDaemonSet(string apiVersion, string name)
    {
        var json = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = "DaemonSet", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = Namespace }, ["spec"] = new JsonObject() };
        return Cluster().Store.Add(json.ToJsonString()).ToJson()["metadata"]!["uid"]!.ToString();
    }

    /// <summary>A budget for one pod, with the numbers that a controller would have worked out.</summary>
    public void AddBudget(string name, string pod, int allowed, string spec = "\"minAvailable\":1", int healthy = 1, int desired = 1, int expected = 2, string cluster = "sim-1") => Cluster(cluster).Store.Add($$"""
        {"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"{{name}}","namespace":"web","generation":1},
         "spec":{ {{spec}},"selector":{"matchLabels":{"pod":"{{pod}}"} } },
         "status":{"observedGeneration":1,"disruptionsAllowed":{{allowed}},"currentHealthy":{{healthy}},"desiredHealthy":{{desired}},"expectedPods":{{expected}} } }
        """);

    /// <summary>Changes what a cluster stores.</summary>
    public void Change(string plural, string? ns, string name, Action<JsonObject> change, string cluster = "sim-1")
    {
        var json = (JsonObject)Cluster(cluster).Store.Find(plural, ns, name)!.ToJson();
        change(json);
        ((JsonObject)json["metadata"]!).Remove("resourceVersion");
        Cluster(cluster).Store.Replace(json);
    }

    public bool IsCordoned(string node, string cluster = "sim-1") => Cluster(cluster).Store.Find("nodes", null, node)!.ToJson()["spec"]?["unschedulable"]?.GetValue<bool>() ?? false;

    public IEnumerable<string> Pods(string node, string cluster = "sim-1") =>
        Cluster(cluster).Store.List("pods", Namespace).Where(pod => pod.ToJson()["spec"]!["nodeName"]!.ToString() == node).Select(pod => pod.Name);

    public IEnumerable<RequestRecord> Evictions(string cluster = "sim-1") => Cluster(cluster).Requests.All.Where(request => request.Path.EndsWith("/eviction", StringComparison.Ordinal));

    /// <summary>Plans every node of every cluster.</summary>
    public async Task<IReadOnlyList<KubeDrainPlan>> PlanAsync(DrainOptions options, NodeQuery? nodes = null)
    {
        var stream = Plan(options, nodes);
        await using var _ = stream;
        await stream.EndAsync();
        Assert.Empty(stream.Faults);
        return [.. stream.Of<KubeDrainPlan>()];
    }

    /// <summary>The planning itself, which may fail.</summary>
    public DrainStream Plan(DrainOptions options, NodeQuery? nodes = null)
    {
        var planner = new DrainPlanner(options);
        return new DrainStream(Session, (connection, sink, stop) => planner.PlanAsync(connection, nodes ?? new NodeQuery(), CallContext.Default, sink, stop), null);
    }

    /// <summary>Plans every node, and begins to drain them.</summary>
    public async Task<DrainStream> DrainAsync(DrainOptions? options = null, Func<KubeDrainResult, CancellationToken, Task<bool>>? healthCheck = null, NodeQuery? nodes = null)
    {
        options ??= new DrainOptions();
        var drain = new FleetDrain(await PlanAsync(options, nodes), options, Store, healthCheck);
        var stream = new DrainStream(Session, (connection, sink, stop) => drain.DrainAsync(connection, CallContext.Default, sink, stop), drain);
        _owned.Add(stream);
        return stream;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _owned)
            await one.DisposeAsync();
        await Session.DisposeAsync();
    }
}

/// <summary>A call over every selected cluster whose objects are of several types.</summary>
internal sealed class DrainStream(TestSession session, Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation, FleetDrain? drain)
    : TestStream<KubeDrainEvent>(session, new FanOutOptions(), drain, (cluster, sink, stop) => operation(cluster.Connection!, sink, stop))
{
    public FleetDrain Drain => drain!;

    public IReadOnlyList<KubeDrainResult> Results => [.. Of<KubeDrainResult>()];

    public IEnumerable<T> Of<T>() => Items.OfType<FanOutObjects<T>>().SelectMany(item => item.Objects);

    /// <summary>The result of a node.</summary>
    public KubeDrainResult Result(string node) => Assert.Single(Results, result => result.Node == node);

    public bool Has(DrainPhase phase, string? pod = null) => Objects.Any(happened => happened.Phase == phase && (pod is null || happened.Pod == pod));

    public Task UntilAsync(DrainPhase phase, string? pod = null) => UntilAsync(() => Has(phase, pod), $"{phase} {pod}");
}
