namespace MultiCluster.Tests.Sandbox.Acting;

/// <summary>What becomes of what a deleted object owns.</summary>
public sealed class GarbageTests
{
    private static string Deployments => ActingCluster.PathOf("Deployment");

    private static string Sets => ActingCluster.PathOf("ReplicaSet");

    [Fact]
    public async Task A_deletion_takes_everything_that_is_owned_with_it()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 2);
        await acting.Client.DeleteAsync($"{Deployments}/web");
        Assert.Empty(await NamesAsync(acting, Sets));
        Assert.All(await acting.PodsAsync(), pod => Assert.EndsWith(" -", pod, StringComparison.Ordinal));
        acting.Advance(1);
        Assert.Empty(await acting.NamesAsync());
    }

    [Fact]
    public async Task A_deletion_in_the_foreground_ends_with_the_owner()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 2);
        await acting.Client.DeleteAsync($"{Deployments}/web", """{"propagationPolicy":"Foreground"}""");
        Assert.Single(await NamesAsync(acting, Deployments));
        Assert.Single(await NamesAsync(acting, Sets));
        Assert.Equal(2, (await acting.PodsAsync()).Count(p => p.EndsWith(" -", StringComparison.Ordinal)));
        acting.Advance(1);
        Assert.Empty(await acting.NamesAsync());
        Assert.Empty(await NamesAsync(acting, Sets));
        Assert.Empty(await NamesAsync(acting, Deployments));
    }

    [Fact]
    public async Task A_deletion_that_orphans_leaves_what_was_owned()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 2);
        await acting.Client.DeleteAsync($"{Deployments}/web", """{"propagationPolicy":"Orphan"}""");
        Assert.Empty(await NamesAsync(acting, Deployments));
        var set = Assert.Single((await acting.Client.GetAsync(Sets))["items"]!.AsArray())!;
        Assert.Null(set["metadata"]!["ownerReferences"]);
        Assert.Equal(2, (await acting.PodsAsync()).Count(p => p.EndsWith(" True", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_Job_leaves_its_pods_unless_asked_otherwise()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Job", "sum", 1);
        await acting.Client.DeleteAsync($"{ActingCluster.PathOf("Job")}/sum");
        acting.Advance(1);
        Assert.Single(await acting.NamesAsync());
    }

    [Fact]
    public async Task An_object_stays_while_one_of_its_owners_does()
    {
        await using var acting = await ActingCluster.StartAsync();
        var (a, b) = (acting.Cluster.Store.Add(ConfigMap("a")), acting.Cluster.Store.Add(ConfigMap("b")));
        acting.Cluster.Store.Add(ConfigMap("owned", $"{Owner("a", a.Uid)},{Owner("b", b.Uid)}"));
        const string path = "/api/v1/namespaces/default/configmaps";
        await acting.Client.DeleteAsync($"{path}/a");
        var left = (await acting.Client.GetAsync($"{path}/owned"))["metadata"]!["ownerReferences"]!.AsArray();
        Assert.Equal("b", Assert.Single(left)!["name"]!.ToString());
        await acting.Client.DeleteAsync($"{path}/b");
        await acting.Client.FailAsync(404, $"{path}/owned");
    }

    [Fact]
    public async Task An_object_whose_owner_never_was_is_deleted()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.Cluster.Store.Add(ConfigMap("owned", Owner("none", "00000000-0000-4000-8000-000000000000")));
        await acting.Client.FailAsync(404, "/api/v1/namespaces/default/configmaps/owned");
    }

    private static async Task<List<string>> NamesAsync(ActingCluster acting, string path) =>
        [.. (await acting.Client.GetAsync(path))["items"]!.AsArray().Select(i => i!["metadata"]!["name"]!.ToString())];

    private static string Owner(string name, string uid) => $$"""{"apiVersion":"v1","kind":"ConfigMap","name":"{{name}}","uid":"{{uid}}"}""";

    private static string ConfigMap(string name, string owners = "") =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","ownerReferences":[{{{owners}}}]}}""";
}
