namespace MultiCluster.Tests.Sandbox.Acting;

/// <summary>Namespaces that are emptied and go.</summary>
public sealed class NamespaceTests
{
    private const string Path = "/api/v1/namespaces/gone";

    [Fact]
    public async Task A_namespace_goes_when_its_pods_have_ended()
    {
        await using var acting = await StartAsync();
        acting.AddPod("p", ns: "gone");
        acting.Cluster.Store.Add("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"gone"}}""");
        await acting.Client.DeleteAsync(Path);
        await acting.Client.FailAsync(404, $"{Path}/secrets/s");
        var conditions = (await acting.Client.GetAsync(Path))["status"]!["conditions"]!.AsArray();
        var remaining = conditions.Single(c => c!["type"]!.ToString() == "NamespaceContentRemaining")!;
        Assert.Equal("True Some resources are remaining: pods has 1 resource instances", $"{remaining["status"]} {remaining["message"]}");
        acting.Advance(1);
        await acting.Client.FailAsync(404, Path);
        await acting.Client.FailAsync(404, $"{Path}/pods/p");
    }

    [Fact]
    public async Task A_finalizer_holds_the_namespace_too()
    {
        await using var acting = await StartAsync();
        await acting.Client.CreateAsync($"{Path}/configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","finalizers":["example.com/hold"]}}""");
        await acting.Client.DeleteAsync(Path);
        var conditions = (await acting.Client.GetAsync(Path))["status"]!["conditions"]!.AsArray();
        var finalizers = conditions.Single(c => c!["type"]!.ToString() == "NamespaceFinalizersRemaining")!;
        Assert.Equal("Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances", finalizers["message"]!.ToString());
        await acting.Client.PatchAsync($"{Path}/configmaps/a", """{"metadata":{"finalizers":null}}""");
        await acting.Client.FailAsync(404, Path);
    }

    [Fact]
    public async Task A_workload_gets_no_pods_in_a_namespace_that_is_being_deleted()
    {
        await using var acting = await StartAsync();
        await acting.Client.CreateAsync("/apis/apps/v1/namespaces/gone/deployments", """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","finalizers":["example.com/hold"]},"spec":{"replicas":2,
             "selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);
        acting.Advance(1);
        await acting.Client.DeleteAsync(Path);
        acting.Advance(60);
        Assert.Empty((await acting.Client.GetAsync($"{Path}/pods"))["items"]!.AsArray());
        Assert.Equal("Terminating", (await acting.Client.GetAsync(Path))["status"]!["phase"]!.ToString());
    }

    [Fact]
    public async Task An_eviction_in_a_namespace_that_is_being_deleted_is_refused_with_the_cause()
    {
        await using var acting = await StartAsync();
        acting.AddPod("p", ns: "gone");
        await acting.Client.DeleteAsync(Path);
        var status = await acting.Client.JsonAsync(
            HttpMethod.Post, $"{Path}/pods/p/eviction", 403, """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}}""");
        Assert.Equal("NamespaceTerminating", status["details"]!["causes"]![0]!["reason"]!.ToString());
    }

    private static async Task<ActingCluster> StartAsync()
    {
        var acting = await ActingCluster.StartAsync();
        await acting.Client.CreateAsync("/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"gone"}}""");
        return acting;
    }
}
