using System.Text.Json.Nodes;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Discovery;

namespace MultiCluster.Tests.Sandbox;

/// <summary>Aggregated discovery, which the real server of the contract tests (1.20) does not have.</summary>
public sealed class AggregatedDiscoveryTests
{
    private const string V2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private const string V2Beta1 = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";
    private const string Both = $"{V2},{V2Beta1},application/json";

    [Theory]
    [InlineData(DiscoveryMode.V2, V2, "apidiscovery.k8s.io/v2")]
    [InlineData(DiscoveryMode.V2Beta1, V2Beta1, "apidiscovery.k8s.io/v2beta1")]
    public async Task The_document_comes_in_the_newest_version_both_know(DiscoveryMode mode, string contentType, string apiVersion)
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 0, Discovery = mode });
        using var response = await one.Client.SendAsync(HttpMethod.Get, "/apis", accept: Both);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString().Replace(" ", "", StringComparison.Ordinal));
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("APIGroupDiscoveryList", json["kind"]!.ToString());
        Assert.Equal(apiVersion, json["apiVersion"]!.ToString());
    }

    [Fact]
    public async Task A_cluster_without_it_answers_as_before()
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 0, Discovery = DiscoveryMode.None });
        Assert.Equal("APIGroupList", (await one.Client.GetAsync("/apis", Both))["kind"]!.ToString());
    }

    [Fact]
    public async Task It_holds_every_kind_with_scope_names_and_subresources()
    {
        await using var one = await OneCluster.StartAsync();
        var core = (await one.Client.GetAsync("/api", Both))["items"]![0]!["versions"]![0]!;
        Assert.Equal("Current", core["freshness"]!.ToString());
        var pods = core["resources"]!.AsArray().Single(r => r!["resource"]!.ToString() == "pods")!;
        Assert.Equal("Pod", pods["responseKind"]!["kind"]!.ToString());
        Assert.Equal("Namespaced", pods["scope"]!.ToString());
        Assert.Equal("pod", pods["singularResource"]!.ToString());
        Assert.Contains("log", pods["subresources"]!.AsArray().Select(s => s!["subresource"]!.ToString()));
    }

    [Fact]
    public async Task A_kind_of_several_versions_is_in_each()
    {
        await using var one = await OneCluster.StartAsync();
        var group = (await one.Client.GetAsync("/apis", Both))["items"]!.AsArray().Single(g => g!["metadata"]!["name"]?.ToString() == "example.com")!;
        Assert.Equal(["v1", "v1beta1"], group["versions"]!.AsArray().Select(v => v!["version"]!.ToString()));
        var widget = await one.Client.GetAsync("/apis/example.com/v1beta1/namespaces/default/widgets/widget-1");
        Assert.Equal("example.com/v1beta1", widget["apiVersion"]!.ToString());
    }

    [Fact]
    public async Task A_broken_group_is_stale()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.BrokenGroup("metrics.k8s.io/v1beta1"));
        var group = (await one.Client.GetAsync("/apis", Both))["items"]!.AsArray().Single(g => g!["metadata"]!["name"]?.ToString() == "metrics.k8s.io")!;
        Assert.Equal("Stale", group["versions"]![0]!["freshness"]!.ToString());
    }
}
