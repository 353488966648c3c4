using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox.Acting;

/// <summary>Controllers in a cluster of generated data, and many clients at once.</summary>
public sealed class FleetTests
{
    [Fact]
    public async Task Generated_data_come_to_rest()
    {
        var time = new TestClock();
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 300, Time = time, Controllers = true });
        var store = one.Cluster.Store;
        for (var i = 0; i < 60; i++) time.Advance(TimeSpan.FromSeconds(1));
        var settled = store.ResourceVersion;
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(settled, store.ResourceVersion);
        Assert.DoesNotContain(store.List("pods"), pod => pod.ToJson()["metadata"]!["deletionTimestamp"] is not null);
        foreach (var set in store.List("replicasets.apps").Select(s => s.ToJson()))
            Assert.Equal(set["spec"]!["replicas"]!.ToString(), set["status"]!["replicas"]!.ToString());
        Assert.All(store.List("poddisruptionbudgets.policy"), budget => Assert.NotNull(budget.ToJson()["status"]!["conditions"]));
    }

    [Fact]
    public async Task A_generated_node_can_be_drained()
    {
        var time = new TestClock();
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 120, Nodes = 4, Time = time, Controllers = true });
        for (var i = 0; i < 60; i++) time.Advance(TimeSpan.FromSeconds(1));
        await one.Client.PatchAsync("/api/v1/nodes/node-2", """{"spec":{"unschedulable":true}}""", "strategic-merge");
        Assert.NotEmpty(Movable(one));
        for (var round = 0; round < 100 && Movable(one).Count > 0; round++)
        {
            foreach (var (ns, name) in Movable(one))
            {
                using var response = await one.Client.SendAsync(
                    HttpMethod.Post, $"/api/v1/namespaces/{ns}/pods/{name}/eviction", $$$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"{{{name}}}"}}""");
                Assert.True((int)response.StatusCode is 201 or 429);
            }
            time.Advance(TimeSpan.FromSeconds(2));
        }
        // A pod that never gets well can hold its budget for ever, as in production.
        Assert.All(Movable(one), pod => Assert.True(IsCovered(one, pod), $"{pod} has no budget and is still there."));
        Assert.True(Movable(one).Count < 5);
    }

    [Fact]
    public async Task Evictions_at_once_get_no_more_than_the_budget_allows()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 20);
        await acting.BudgetAsync("b", """{"maxUnavailable":3,"selector":{"matchLabels":{"app":"web"}}}""");
        var pods = await acting.NamesAsync();
        var answers = await Task.WhenAll(pods.Select(async pod =>
        {
            using var response = await acting.Client.SendAsync(
                HttpMethod.Post, $"{ActingCluster.Pods}/{pod}/eviction", $$$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"{{{pod}}}"}}""");
            return (int)response.StatusCode;
        }));
        Assert.Equal(3, answers.Count(a => a == 201));
        Assert.Equal(17, answers.Count(a => a == 429));
    }

    [Fact]
    public async Task Patches_at_once_lose_nothing()
    {
        await using var one = await OneCluster.StartAsync();
        const string path = "/api/v1/namespaces/default/configmaps";
        await one.Client.CreateAsync(path, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}""");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => one.Client.PatchAsync($"{path}/a", $$$"""{"data":{"k{{{i}}}":"1"} }""")));
        Assert.Equal(40, (await one.Client.GetAsync($"{path}/a"))["data"]!.AsObject().Count);
    }

    // What kubectl would evict: neither finished nor a DaemonSet's nor going already.
    private static List<(string Namespace, string Name)> Movable(OneCluster one) =>
    [
        .. one.Cluster.Store.List("pods").Select(p => p.ToJson())
            .Where(p => p["spec"]!["nodeName"]?.ToString() == "node-2" && p["metadata"]!["deletionTimestamp"] is null
                && p["metadata"]!["ownerReferences"]?[0]?["kind"]?.ToString() != "DaemonSet")
            .Select(p => (p["metadata"]!["namespace"]!.ToString(), p["metadata"]!["name"]!.ToString())),
    ];

    private static bool IsCovered(OneCluster one, (string Namespace, string Name) pod)
    {
        var app = one.Cluster.Store.Find("pods", pod.Namespace, pod.Name)!.ToJson()["metadata"]!["labels"]!["app"]!.ToString();
        return one.Cluster.Store.List("poddisruptionbudgets.policy", pod.Namespace).Any(b => b.ToJson()["spec"]!["selector"]!["matchLabels"]!["app"]!.ToString() == app);
    }
}
