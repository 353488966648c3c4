using System.Text.Json.Nodes;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Commands;

namespace MultiCluster.Tests.Sandbox;

public sealed class FleetTests
{
    [Fact]
    public async Task Many_clusters_each_have_a_port_an_authority_and_objects_of_their_own()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 40, Pods = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(40, fleet.Clusters.Select(c => c.Server).Distinct().Count());
        var uids = await Task.WhenAll(fleet.Clusters.Select(async cluster =>
        {
            using var client = new ApiClient(cluster.Server, cluster.CaPem, cluster.AdminToken);
            return (await client.GetAsync("/api/v1/namespaces/kube-system"))["metadata"]!["uid"]!.ToString();
        }));
        Assert.Equal(40, uids.Distinct().Count());
        using var stranger = new ApiClient(fleet.Clusters[0].Server, fleet.Clusters[1].CaPem, fleet.Clusters[0].AdminToken);
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync("/version"));
    }

    [Theory]
    [InlineData("1.1", "HTTP/1.1")]
    [InlineData("2.0", "HTTP/2")]
    public async Task Both_versions_of_http_are_spoken(string version, string protocol)
    {
        await using var one = await OneCluster.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/version") { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await one.Client.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(protocol, Assert.Single(one.Cluster.Requests.All).Protocol);
    }

    [Fact]
    public async Task What_is_put_into_the_store_is_served()
    {
        await using var one = await OneCluster.StartAsync();
        var before = one.Cluster.Store.ResourceVersion;
        var stored = one.Cluster.Store.Add("""{"spec":{"x":1},"metadata":{"labels":{"a":"b"},"name":"s"},"kind":"Service","apiVersion":"v1"}""");
        Assert.True(stored.ResourceVersion > before);
        var served = (await one.Client.GetAsync("/api/v1/namespaces/default/services/s")).AsObject();
        Assert.Equal(["kind", "apiVersion", "metadata", "spec"], served.Select(p => p.Key));
        Assert.Equal(["name", "namespace", "uid", "resourceVersion", "creationTimestamp", "labels"], served["metadata"]!.AsObject().Select(p => p.Key));

        var changed = stored.ToJson();
        changed["spec"]!["x"] = 2;
        one.Cluster.Store.Replace(changed);
        Assert.Equal(2, (await one.Client.GetAsync("/api/v1/namespaces/default/services/s"))["spec"]!["x"]!.GetValue<int>());
        Assert.True(one.Cluster.Store.Remove("services", "default", "s"));
        await one.Client.FailAsync(404, "/api/v1/namespaces/default/services/s");
    }

    [Fact]
    public async Task A_definition_put_into_the_store_is_served_and_goes_with_its_objects()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Store.Add("""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gizmos.example.com"},
             "spec":{"group":"example.com","scope":"Cluster","names":{"kind":"Gizmo","plural":"gizmos","singular":"gizmo"},"versions":[{"name":"v1","served":true,"storage":true}]}}
            """);
        one.Cluster.Store.Add("""{"apiVersion":"example.com/v1","kind":"Gizmo","metadata":{"name":"g"}}""");
        Assert.Single((await one.Client.GetAsync("/apis/example.com/v1/gizmos"))["items"]!.AsArray());
        one.Cluster.Store.Remove("customresourcedefinitions", null, "gizmos.example.com");
        await one.Client.FailAsync(404, "/apis/example.com/v1/gizmos");
    }

    [Fact]
    public async Task Readers_and_writers_do_not_disturb_each_other()
    {
        await using var one = await OneCluster.StartAsync();
        var store = one.Cluster.Store;
        var writers = Enumerable.Range(0, 4).Select(w => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
                store.Add(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = $"s-{w}-{i}" } });
        }));
        var readers = Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var i = 0; i < 10; i++)
            {
                var page = await one.Client.GetAsync("/api/v1/secrets?limit=10");
                var total = page["items"]!.AsArray().Count + (page["metadata"]!["remainingItemCount"]?.GetValue<int>() ?? 0);
                if (page["metadata"]!["continue"] is not { } token) continue;
                var rest = await one.Client.GetAsync($"/api/v1/secrets?continue={token}");
                Assert.Equal(total, 10 + rest["items"]!.AsArray().Count);
            }
        });
        await Task.WhenAll(writers.Concat(readers));
        Assert.Equal(400, store.Count("secrets"));
    }

    [Fact]
    public async Task A_list_at_version_zero_comes_whole()
    {
        await using var one = await OneCluster.StartAsync();
        var list = await one.Client.GetAsync("/api/v1/namespaces?limit=1&resourceVersion=0");
        Assert.Equal(one.Cluster.Store.Count("namespaces"), list["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData]
    [InlineData("fly")]
    [InlineData("up", "--clusters", "many")]
    [InlineData("up", "--clusters", "0")]
    [InlineData("up", "--kubeconfig", "/")]
    [InlineData("up", "--speed", "9")]
    public async Task An_unknown_command_line_exits_with_two(params string[] args) => Assert.Equal(2, await CommandLine.RunAsync(args));
}
