using System.Text.Json.Nodes;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox.Acting;

/// <summary>What a cluster's controllers do by themselves: the same against the simulator's and against kube-controller-manager.</summary>
public abstract class ControllerContract
{
    private const string Ready = """{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}""";

    private readonly IActingServer _server;

    protected ControllerContract(IActingServer server)
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        _server = server;
    }

    private ApiClient Admin => _server.Admin;

    [Fact]
    public async Task A_namespace_is_emptied_and_goes()
    {
        var path = await NamespaceAsync();
        await Admin.CreateAsync($"{path}/configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","finalizers":["example.com/hold"]}}""");
        await Admin.CreateAsync($"{path}/configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}""");
        await Admin.DeleteAsync(path);
        await UntilAsync(async () => (await StatusAsync($"{path}/configmaps/b")) == 404);
        await UntilAsync(async () => (await Admin.GetAsync($"{path}/configmaps/a"))["metadata"]!["deletionTimestamp"] is not null);
        await UntilAsync(async () => Condition(await Admin.GetAsync(path), "NamespaceContentRemaining") == "True");
        Assert.Equal("True", Condition(await Admin.GetAsync(path), "NamespaceFinalizersRemaining"));
        await Admin.PatchAsync($"{path}/configmaps/a", """{"metadata":{"finalizers":null}}""");
        await UntilAsync(async () => (await StatusAsync(path)) == 404);
    }

    [Fact]
    public async Task A_budget_counts_and_allows()
    {
        var path = await NamespaceAsync();
        var budgets = path.Replace("/api/v1", "/apis/policy/v1beta1", StringComparison.Ordinal) + "/poddisruptionbudgets";
        await SetAsync(path, replicas: 3);
        await UntilAsync(async () => (await PodsAsync(path)).Count == 3);
        var pods = await PodsAsync(path);
        foreach (var pod in pods) await Admin.PatchAsync($"{path}/pods/{pod}/status", Ready, "strategic-merge");
        foreach (var (name, spec) in new[] { ("number", "\"minAvailable\":2"), ("share", "\"minAvailable\":\"50%\""), ("most", "\"maxUnavailable\":\"50%\"") })
        {
            await Admin.CreateAsync(budgets, $$$"""
                { "apiVersion": "policy/v1beta1", "kind": "PodDisruptionBudget", "metadata": { "name": "{{{name}}}" },
                  "spec": { {{{spec}}}, "selector": { "matchLabels": { "app": "web" } } } }
                """);
        }
        // A pod's change makes the controller of 1.20 look at one of the budgets that cover it, not at all: so each is new when the pods are ready.
        await UntilAsync(async () => await CountsAsync("number") == "1 3 2 3");
        await UntilAsync(async () => await CountsAsync("share") == "1 3 2 3");
        await UntilAsync(async () => await CountsAsync("most") == "2 3 1 3");
        foreach (var name in new[] { "share", "most" }) await Admin.DeleteAsync($"{budgets}/{name}");

        await Admin.CreateAsync($"{path}/pods/{pods[0]}/eviction", Eviction(pods[0]));
        await UntilAsync(async () => await CountsAsync("number") is "0 2 2 3" or "0 2 2 4");
        var refused = await Admin.JsonAsync(HttpMethod.Post, $"{path}/pods/{pods[1]}/eviction", 429, Eviction(pods[1]));
        Assert.Equal("The disruption budget number needs 2 healthy pods and has 2 currently", refused["details"]!["causes"]![0]!["message"]!.ToString());

        async Task<string> CountsAsync(string name)
        {
            var status = (await Admin.GetAsync($"{budgets}/{name}"))["status"]!;
            return $"{status["disruptionsAllowed"]} {status["currentHealthy"]} {status["desiredHealthy"]} {status["expectedPods"]}";
        }
    }

    [Fact]
    public async Task A_ReplicaSets_pod_comes_back()
    {
        var path = await NamespaceAsync();
        await SetAsync(path, replicas: 1);
        await UntilAsync(async () => (await PodsAsync(path)).Count == 1);
        var pod = (await Admin.GetAsync($"{path}/pods"))["items"]![0]!;
        Assert.Equal("ReplicaSet web True", Owner(pod));
        Assert.StartsWith("web-", pod["metadata"]!["name"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("web-", pod["metadata"]!["generateName"]!.ToString());
        await Admin.DeleteAsync($"{path}/pods/{pod["metadata"]!["name"]}", """{"gracePeriodSeconds":0}""");
        await UntilAsync(async () => (await PodsAsync(path)) is [var other] && other != pod["metadata"]!["name"]!.ToString());
    }

    [Theory]
    [InlineData("Background", true)]
    [InlineData("Orphan", false)]
    public async Task What_an_owner_leaves_is_deleted_unless_it_is_orphaned(string propagation, bool deleted)
    {
        var path = await NamespaceAsync();
        var sets = await SetAsync(path, replicas: 1);
        await UntilAsync(async () => (await PodsAsync(path)).Count == 1);
        var pod = (await PodsAsync(path))[0];
        await Admin.DeleteAsync($"{sets}/web", $$"""{"propagationPolicy":"{{propagation}}"}""");
        await UntilAsync(async () => (await StatusAsync($"{sets}/web")) == 404);
        if (deleted) await UntilAsync(async () => (await StatusAsync($"{path}/pods/{pod}")) == 404);
        else Assert.Null((await Admin.GetAsync($"{path}/pods/{pod}"))["metadata"]!["ownerReferences"]);
    }

    [Fact]
    public async Task An_owner_that_is_deleted_in_the_foreground_waits_for_what_it_owns()
    {
        var path = await NamespaceAsync();
        var sets = await SetAsync(path, replicas: 1);
        await UntilAsync(async () => (await PodsAsync(path)).Count == 1);
        var pod = (await PodsAsync(path))[0];
        await Admin.PatchAsync($"{path}/pods/{pod}", """{"metadata":{"finalizers":["example.com/hold"]}}""");
        await Admin.DeleteAsync($"{sets}/web", """{"propagationPolicy":"Foreground"}""");
        await UntilAsync(async () => (await Admin.GetAsync($"{path}/pods/{pod}"))["metadata"]!["deletionTimestamp"] is not null);
        Assert.Equal(200, await StatusAsync($"{sets}/web"));
        await Admin.PatchAsync($"{path}/pods/{pod}", """{"metadata":{"finalizers":null}}""");
        await UntilAsync(async () => (await StatusAsync($"{sets}/web")) == 404);
    }

    [Fact]
    public async Task A_Deployment_that_changes_gets_a_ReplicaSet_and_keeps_within_its_limits()
    {
        var path = await NamespaceAsync();
        var deployments = path.Replace("/api/v1", "/apis/apps/v1", StringComparison.Ordinal) + "/deployments";
        await Admin.CreateAsync(deployments, """
            { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "web", "annotations": { "kubernetes.io/change-cause": "first" } },
              "spec": { "replicas": 4, "selector": { "matchLabels": { "app": "web" } }, "strategy": { "type": "RollingUpdate", "rollingUpdate": { "maxSurge": 1, "maxUnavailable": 1 } },
                "template": { "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [ { "name": "c", "image": "web:1" } ] } } } }
            """);
        await UntilAsync(async () => await SetsAsync(path) == "1 web:1 4 first");
        var set = (await ItemsAsync(path, "replicasets"))[0]!;
        var hash = set["spec"]!["template"]!["metadata"]!["labels"]!["pod-template-hash"]!.ToString();
        Assert.Equal($"web-{hash}", set["metadata"]!["name"]!.ToString());
        Assert.Equal(hash, set["spec"]!["selector"]!["matchLabels"]!["pod-template-hash"]!.ToString());
        Assert.Equal("4 5", $"{set["metadata"]!["annotations"]!["deployment.kubernetes.io/desired-replicas"]} {set["metadata"]!["annotations"]!["deployment.kubernetes.io/max-replicas"]}");

        // None gets ready: the new ones replace what serves nobody, as far as the limits let them.
        await Admin.PatchAsync($"{deployments}/web", Template("web:2", """,{"kubernetes.io/change-cause":"second"}"""), "strategic-merge");
        await UntilAsync(async () => await SetsAsync(path) == "1 web:1 3 first, 2 web:2 2 second");
        await UntilAsync(async () => Condition(await Admin.GetAsync($"{deployments}/web"), "Progressing") == "True");
        Assert.Equal("2", (await Admin.GetAsync($"{deployments}/web"))["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"]!.ToString());

        await Admin.PatchAsync($"{deployments}/web", Template("web:1", """,{"kubernetes.io/change-cause":"back"}"""), "strategic-merge");
        await UntilAsync(async () => (await SetsAsync(path)).EndsWith("3 web:1 3 back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Deployment_that_is_paused_gets_no_ReplicaSet()
    {
        var path = await NamespaceAsync();
        var deployments = path.Replace("/api/v1", "/apis/apps/v1", StringComparison.Ordinal) + "/deployments";
        await Admin.CreateAsync(deployments, """
            { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "web" },
              "spec": { "replicas": 1, "selector": { "matchLabels": { "app": "web" } }, "template": { "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [ { "name": "c", "image": "web:1" } ] } } } }
            """);
        await UntilAsync(async () => await SetsAsync(path) == "1 web:1 1 -");
        await Admin.PatchAsync($"{deployments}/web", """{"spec":{"paused":true}}""");
        await UntilAsync(async () => Reason(await Admin.GetAsync($"{deployments}/web"), "Progressing") == "DeploymentPaused");
        await Admin.PatchAsync($"{deployments}/web", Template("web:2"), "strategic-merge");
        await UntilAsync(async () => await IsObservedAsync($"{deployments}/web"));
        Assert.Equal("1 web:1 1 -", await SetsAsync(path));
        await Admin.PatchAsync($"{deployments}/web", """{"spec":{"paused":false}}""");
        await UntilAsync(async () => (await SetsAsync(path)).Contains("2 web:2 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_StatefulSet_that_changes_gets_a_revision_and_begins_with_its_last_pod()
    {
        var path = await NamespaceAsync();
        var sets = path.Replace("/api/v1", "/apis/apps/v1", StringComparison.Ordinal) + "/statefulsets";
        await Admin.CreateAsync(sets, """
            { "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": { "name": "db" },
              "spec": { "replicas": 3, "serviceName": "db", "podManagementPolicy": "Parallel", "selector": { "matchLabels": { "app": "db" } }, "updateStrategy": { "type": "RollingUpdate" },
                "template": { "metadata": { "labels": { "app": "db" } }, "spec": { "containers": [ { "name": "c", "image": "db:1" } ] } } } }
            """);
        await UntilAsync(async () => await ImagesAsync() == "db-0 db:1, db-1 db:1, db-2 db:1");
        await Admin.PatchAsync($"{sets}/db", Template("db:2"), "strategic-merge");
        await UntilAsync(async () => await ImagesAsync() == "db-0 db:1, db-1 db:1, db-2 db:2");
        await UntilAsync(async () => await IsObservedAsync($"{sets}/db"));
        var status = (await Admin.GetAsync($"{sets}/db"))["status"]!;
        var revisions = (await ItemsAsync(path, "controllerrevisions")).OrderBy(r => r!["revision"]!.GetValue<int>()).ToList();
        Assert.Equal(["1 db:1", "2 db:2"], revisions.Select(r => $"{r!["revision"]} {Image(r["data"]!["spec"]!["template"]!)}"));
        Assert.Equal([status["currentRevision"]!.ToString(), status["updateRevision"]!.ToString()], revisions.Select(r => r!["metadata"]!["name"]!.ToString()));
        Assert.Equal("replace", revisions[1]!["data"]!["spec"]!["template"]!["$patch"]!.ToString());
        Assert.Equal(status["updateRevision"]!.ToString(), (await Admin.GetAsync($"{path}/pods/db-2"))["metadata"]!["labels"]!["controller-revision-hash"]!.ToString());

        async Task<string> ImagesAsync() => string.Join(", ", (await Admin.GetAsync($"{path}/pods"))["items"]!.AsArray().Where(p => p!["metadata"]!["deletionTimestamp"] is null)
            .Select(p => $"{p!["metadata"]!["name"]} {Image(p)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_DaemonSets_templates_are_kept_and_one_that_comes_back_is_the_latest()
    {
        var path = await NamespaceAsync();
        var sets = path.Replace("/api/v1", "/apis/apps/v1", StringComparison.Ordinal) + "/daemonsets";
        await Admin.CreateAsync(sets, """
            { "apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": { "name": "agent" },
              "spec": { "selector": { "matchLabels": { "app": "agent" } }, "template": { "metadata": { "labels": { "app": "agent" } }, "spec": { "containers": [ { "name": "c", "image": "agent:1" } ] } } } }
            """);
        await UntilAsync(async () => await RevisionsAsync() == "1 agent:1");
        await Admin.PatchAsync($"{sets}/agent", Template("agent:2"), "strategic-merge");
        await UntilAsync(async () => await RevisionsAsync() == "1 agent:1, 2 agent:2");
        await Admin.PatchAsync($"{sets}/agent", Template("agent:1"), "strategic-merge");
        await UntilAsync(async () => await RevisionsAsync() == "2 agent:2, 3 agent:1");
        Assert.All(await ItemsAsync(path, "controllerrevisions"), r => Assert.Equal(r!["metadata"]!["name"]!.ToString(), $"agent-{r["metadata"]!["labels"]!["controller-revision-hash"]}"));

        async Task<string> RevisionsAsync() => string.Join(", ", (await ItemsAsync(path, "controllerrevisions")).OrderBy(r => r!["revision"]!.GetValue<int>())
            .Select(r => $"{r!["revision"]} {Image(r["data"]!["spec"]!["template"]!)}"));
    }

    [Fact]
    public async Task A_Job_whose_pods_fail_too_often_says_why_it_has_failed()
    {
        var path = await NamespaceAsync();
        var jobs = path.Replace("/api/v1", "/apis/batch/v1", StringComparison.Ordinal) + "/jobs";
        await Admin.CreateAsync(jobs, """
            { "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "sum" },
              "spec": { "backoffLimit": 0, "template": { "spec": { "restartPolicy": "Never", "containers": [ { "name": "c", "image": "i" } ] } } } }
            """);
        await UntilAsync(async () => (await PodsAsync(path)).Count == 1);
        await Admin.PatchAsync($"{path}/pods/{(await PodsAsync(path))[0]}/status", """{"status":{"phase":"Failed"}}""", "strategic-merge");
        await UntilAsync(async () => Condition(await Admin.GetAsync($"{jobs}/sum"), "Failed") == "True");
        var condition = (await Admin.GetAsync($"{jobs}/sum"))["status"]!["conditions"]!.AsArray().Single(c => c!["type"]!.ToString() == "Failed")!;
        Assert.Equal("BackoffLimitExceeded: Job has reached the specified backoff limit", $"{condition["reason"]}: {condition["message"]}");
    }

    private static string Image(JsonNode item) => item["spec"]!["containers"]![0]!["image"]!.ToString();

    private static string? Reason(JsonNode item, string type) =>
        item["status"]!["conditions"]?.AsArray().FirstOrDefault(c => c!["type"]!.ToString() == type)?["reason"]?.ToString();

    private static string Template(string image, string annotations = "") =>
        $"{{\"metadata\":{{\"annotations\":{(annotations.Length == 0 ? "{}" : annotations[1..])}}},\"spec\":{{\"template\":{{\"spec\":{{\"containers\":[{{\"name\":\"c\",\"image\":\"{image}\"}}]}}}}}}}}";

    private static string Owner(JsonNode pod)
    {
        var owner = Assert.Single(pod["metadata"]!["ownerReferences"]!.AsArray())!;
        return $"{owner["kind"]} {owner["name"]} {owner["controller"]!.GetValue<bool>()}";
    }

    private static string? Condition(JsonNode item, string type) =>
        item["status"]!["conditions"]?.AsArray().FirstOrDefault(c => c!["type"]!.ToString() == type)?["status"]?.ToString();

    private static string Eviction(string pod) => $$$"""{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"{{{pod}}}"}}""";

    private async Task<string> NamespaceAsync()
    {
        var name = $"acting-{Guid.NewGuid():n}";
        await Admin.CreateAsync("/api/v1/namespaces", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");
        await _server.PrepareAsync(name);
        return $"/api/v1/namespaces/{name}";
    }

    /// <summary>A ReplicaSet whose pods no scheduler sees, as there is none beside the real server.</summary>
    private async Task<string> SetAsync(string ns, int replicas)
    {
        var sets = ns.Replace("/api/v1", "/apis/apps/v1", StringComparison.Ordinal) + "/replicasets";
        await Admin.CreateAsync(sets, $$$"""
            { "apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": { "name": "web" },
              "spec": { "replicas": {{{replicas}}}, "selector": { "matchLabels": { "app": "web" } },
                "template": { "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [ { "name": "c", "image": "i" } ] } } } }
            """);
        return sets;
    }

    private async Task<List<string>> PodsAsync(string ns) => [.. (await Admin.GetAsync($"{ns}/pods"))["items"]!.AsArray().Select(p => p!["metadata"]!["name"]!.ToString())];

    private async Task<JsonArray> ItemsAsync(string ns, string plural) => (await Admin.GetAsync($"{ns.Replace("/api/v1", "/apis/apps/v1", StringComparison.Ordinal)}/{plural}"))["items"]!.AsArray();

    /// <summary>The ReplicaSets as <c>revision image replicas cause</c>.</summary>
    private async Task<string> SetsAsync(string ns) => string.Join(", ", (await ItemsAsync(ns, "replicasets"))
        .Select(s => (Item: s!, Annotations: s!["metadata"]!["annotations"]))
        .OrderBy(s => s.Annotations!["deployment.kubernetes.io/revision"]!.ToString(), StringComparer.Ordinal)
        .Select(s => $"{s.Annotations!["deployment.kubernetes.io/revision"]} {Image(s.Item["spec"]!["template"]!)} {s.Item["spec"]!["replicas"]} {s.Annotations["kubernetes.io/change-cause"]?.ToString() ?? "-"}"));

    private async Task<bool> IsObservedAsync(string path)
    {
        var item = await Admin.GetAsync(path);
        return item["status"]!["observedGeneration"]?.GetValue<int>() >= item["metadata"]!["generation"]!.GetValue<int>();
    }

    private async Task<int> StatusAsync(string path)
    {
        using var response = await Admin.SendAsync(HttpMethod.Get, path);
        return (int)response.StatusCode;
    }

    // Real controllers take their time.
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var left = 600; left > 0; left--)
        {
            if (await condition()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
        Assert.Fail("It did not come to be within a minute.");
    }
}

/// <summary>A server with controllers.</summary>
public interface IActingServer : IAsyncLifetime
{
    /// <summary>Why there is none here; null when there is.</summary>
    string? Missing { get; }

    ApiClient Admin { get; }

    /// <summary>Waits until pods can be created in a new namespace.</summary>
    Task PrepareAsync(string ns);
}

/// <summary>The simulator's controllers.</summary>
public sealed class SimulatorControllerTests(SimulatorControllerTests.Simulator server) : ControllerContract(server), IClassFixture<SimulatorControllerTests.Simulator>
{
    public sealed class Simulator : IActingServer
    {
        private OneCluster _one = null!;

        public string? Missing => null;

        public ApiClient Admin => _one.Client;

        public async ValueTask InitializeAsync() => _one = await OneCluster.StartAsync(new FleetOptions { Pods = 0, Version = "v1.20.2", Controllers = true });

        public Task PrepareAsync(string ns) => Task.CompletedTask;

        public ValueTask DisposeAsync() => _one.DisposeAsync();
    }
}

/// <summary>The real ones.</summary>
[Trait("Category", "ControlPlane")]
public sealed class ControlPlaneControllerTests(ControlPlaneControllerTests.RealServer server) : ControllerContract(server), IClassFixture<ControlPlaneControllerTests.RealServer>
{
    public sealed class RealServer : IActingServer
    {
        private ControlPlane _servers = null!;

        public string? Missing => ControlPlane.Missing;

        public ApiClient Admin { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            if (Missing is not null) return;
            _servers = await ControlPlane.StartAsync(controllerManager: true);
            var folder = Path.GetDirectoryName(_servers.Kubeconfigs[0])!;
            var server = new Uri($"https://127.0.0.1:{int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture) + 2}");
            Admin = new ApiClient(server, await File.ReadAllTextAsync(_servers.CaFile), "admin-token");
        }

        public async Task PrepareAsync(string ns)
        {
            // With a controller manager, pods need their namespace's account and its token.
            for (var left = 300; left > 0; left--)
            {
                using var response = await Admin.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/serviceaccounts/default");
                if (response.IsSuccessStatusCode && (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("secrets", StringComparison.Ordinal)) return;
                await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            }
            throw new InvalidOperationException("The namespace has no account.");
        }

        public async ValueTask DisposeAsync()
        {
            if (Missing is not null) return;
            Admin.Dispose();
            await _servers.DisposeAsync();
        }
    }
}
