using System.Text.Json.Nodes;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox.Acting;

/// <summary>A cluster that acts by a clock of the test's own: nothing happens between a write's answer and the next step of the clock.</summary>
internal sealed class ActingCluster : IAsyncDisposable
{
    public const string Pods = "/api/v1/namespaces/default/pods";
    public const string Budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

    private readonly OneCluster _one;

    private ActingCluster(OneCluster one, TestClock time)
    {
        _one = one;
        Time = time;
    }

    public SimulatedCluster Cluster => _one.Cluster;

    public ApiClient Client => _one.Client;

    public TestClock Time { get; }

    /// <summary>An empty cluster with nodes <c>n1</c>, <c>n2</c>...</summary>
    public static async Task<ActingCluster> StartAsync(int nodes = 2, string version = "v1.33.1", bool controllers = true)
    {
        var time = new TestClock();
        var one = await OneCluster.StartAsync(new FleetOptions { Pods = 0, Time = time, Version = version, Controllers = controllers });
        for (var i = 1; i <= nodes; i++) one.Cluster.Store.Add(Node($"n{i}"));
        return new ActingCluster(one, time);
    }

    public ApiClient NewClient(string? token) => _one.NewClient(token);

    public void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Creates a workload of an image of its name, and waits until its pods are ready.</summary>
    public async Task DeployAsync(string kind, string name, int replicas = 2, string spec = "")
    {
        await Client.CreateAsync(PathOf(kind), Workload(kind, name, replicas, spec));
        for (var i = 0; i <= replicas; i++) Advance(1);
    }

    /// <summary>The pods as <c>name node phase ready</c>, those that are being deleted with a minus.</summary>
    public async Task<List<string>> PodsAsync() => [.. (await Client.GetAsync(Pods))["items"]!.AsArray().Select(p => Show(p!))];

    public async Task<List<string>> NamesAsync() => [.. (await Client.GetAsync(Pods))["items"]!.AsArray().Select(p => p!["metadata"]!["name"]!.ToString())];

    /// <summary>A running pod without an owner.</summary>
    public void AddPod(string name, string node = "n1", string ns = "default", string labels = """{"app":"x"}""", bool ready = true, string phase = "Running", string annotations = "{}") =>
        Cluster.Store.Add($$$"""
            { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "{{{name}}}", "namespace": "{{{ns}}}", "labels": {{{labels}}}, "annotations": {{{annotations}}} },
              "spec": { "nodeName": "{{{node}}}", "terminationGracePeriodSeconds": 30, "containers": [ { "name": "c", "image": "i" } ] },
              "status": { "phase": "{{{phase}}}", "conditions": [ { "type": "Ready", "status": "{{{(ready ? "True" : "False")}}}" } ], "containerStatuses": [] } }
            """);

    public Task<JsonNode> BudgetAsync(string name, string spec) => Client.CreateAsync(
        Budgets, $$$"""{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"{{{name}}}"},"spec":{{{spec}}}}""");

    public async Task<JsonNode> StatusAsync(string budget) => (await Client.GetAsync($"{Budgets}/{budget}"))["status"]!;

    public Task<JsonNode> EvictAsync(string pod, int status = 201, string options = "{}") => Client.JsonAsync(
        HttpMethod.Post,
        $"{Pods}/{pod}/eviction",
        status,
        $$$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"{{{pod}}}"},"deleteOptions":{{{options}}}}""");

    public Task CordonAsync(string node, bool cordoned = true) =>
        Client.PatchAsync($"/api/v1/nodes/{node}", $$$"""{"spec":{"unschedulable":{{{(cordoned ? "true" : "null")}}}}}""", "strategic-merge");

    public ValueTask DisposeAsync() => _one.DisposeAsync();

    public static string PathOf(string kind) => $"/apis/{(kind == "Job" ? "batch" : "apps")}/v1/namespaces/default/{kind.ToLowerInvariant()}s";

    public static string Node(string name, string ready = "True") => $$$"""
        { "apiVersion": "v1", "kind": "Node", "metadata": { "name": "{{{name}}}" }, "spec": {}, "status": { "conditions": [ { "type": "Ready", "status": "{{{ready}}}" } ] } }
        """;

    private static string Workload(string kind, string name, int replicas, string spec) => $$$"""
        { "apiVersion": "{{{(kind == "Job" ? "batch" : "apps")}}}/v1", "kind": "{{{kind}}}", "metadata": { "name": "{{{name}}}" },
          "spec": { {{{(kind is "Job" or "DaemonSet" ? "" : $"\"replicas\": {replicas},")}}} {{{spec}}} "selector": { "matchLabels": { "app": "{{{name}}}" } },
            "template": { "metadata": { "labels": { "app": "{{{name}}}" } }, "spec": { {{{(kind == "Job" ? "\"restartPolicy\": \"Never\"," : "")}}} "containers": [ { "name": "c", "image": "{{{name}}}:1" } ] } } } }
        """;

    private static string Show(JsonNode pod)
    {
        var ready = pod["status"]!["conditions"]?.AsArray().FirstOrDefault(c => c!["type"]!.ToString() == "Ready")?["status"]?.ToString() ?? "-";
        return $"{pod["metadata"]!["name"]} {pod["spec"]!["nodeName"]} {pod["status"]!["phase"]} {ready}{(pod["metadata"]!["deletionTimestamp"] is null ? "" : " -")}";
    }
}
