using System.Text.Json.Nodes;
using MultiCluster.Sandbox;

namespace MultiCluster.Tests.Sandbox;

/// <summary>metrics-server, which the real control plane of the contract tests does not have.</summary>
public sealed class MetricsTests
{
    private const string Pods = "/apis/metrics.k8s.io/v1beta1/pods";
    private const string Nodes = "/apis/metrics.k8s.io/v1beta1/nodes";

    private static readonly FleetOptions WithMetrics = new() { Pods = 60, Metrics = true };

    [Fact]
    public async Task A_cluster_without_it_serves_nothing_of_it()
    {
        await using var one = await OneCluster.StartAsync();

        using var response = await one.Client.SendAsync(HttpMethod.Get, Nodes);

        Assert.Equal(404, (int)response.StatusCode);
        Assert.StartsWith("404 page not found", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("metrics.k8s.io", (await one.Client.GetAsync("/apis"))["groups"]!.AsArray().Select(group => group!["name"]!.ToString()));
    }

    [Fact]
    public async Task It_can_be_installed_and_removed()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Metrics.IsServed = true;
        Assert.Equal(
            ["nodes NodeMetrics False get list", "pods PodMetrics True get list"],
            (await one.Client.GetAsync("/apis/metrics.k8s.io/v1beta1"))["resources"]!.AsArray().Select(kind => $"{kind!["name"]} {kind["kind"]} {kind["namespaced"]!.GetValue<bool>()} {string.Join(' ', kind["verbs"]!.AsArray())}"));

        one.Cluster.Metrics.IsServed = false;

        using var response = await one.Client.SendAsync(HttpMethod.Get, Nodes);
        Assert.Equal(404, (int)response.StatusCode);
    }

    [Fact]
    public async Task Containers_of_running_pods_use_less_than_they_request_mostly()
    {
        await using var one = await OneCluster.StartAsync(WithMetrics);

        var list = await one.Client.GetAsync(Pods);

        Assert.Equal(("PodMetricsList", "metrics.k8s.io/v1beta1", "{}"), (list["kind"]!.ToString(), list["apiVersion"]!.ToString(), list["metadata"]!.ToJsonString()));
        var items = list["items"]!.AsArray();
        var running = one.Cluster.Store.List("pods").Count(pod => pod.ToJson()["status"]!["phase"]!.ToString() == "Running");
        Assert.InRange(items.Count, running / 2, running - 1); // some have not been measured yet, and some of them wait
        Assert.All(items, static item =>
        {
            Assert.EndsWith("n", item!["containers"]![0]!["usage"]!["cpu"]!.ToString(), StringComparison.Ordinal);
            Assert.EndsWith("Ki", item["containers"]![0]!["usage"]!["memory"]!.ToString(), StringComparison.Ordinal);
            Assert.Matches(@"^15\.\d{3}s$", item["window"]!.ToString());
            Assert.NotNull(item["metadata"]!["labels"]!["app"]);
        });
        var below = items.Count(static item => long.Parse(item!["containers"]![0]!["usage"]!["cpu"]!.ToString().TrimEnd('n'), System.Globalization.CultureInfo.InvariantCulture) < 100_000_000);
        Assert.InRange(below, items.Count * 2 / 3, items.Count);
    }

    [Fact]
    public async Task Nodes_that_are_ready_use_what_their_pods_use_and_some_more()
    {
        await using var one = await OneCluster.StartAsync(WithMetrics with { Nodes = 8 });
        var pods = (await one.Client.GetAsync(Pods))["items"]!.AsArray();

        var nodes = (await one.Client.GetAsync(Nodes))["items"]!.AsArray();

        Assert.Equal(["node-1", "node-2", "node-3", "node-4", "node-5", "node-6", "node-8"], nodes.Select(static node => node!["metadata"]!["name"]!.ToString()));
        var used = pods.Where(pod => one.Cluster.Store.Find("pods", pod!["metadata"]!["namespace"]!.ToString(), pod["metadata"]!["name"]!.ToString())!.ToJson()["spec"]!["nodeName"]!.ToString() == "node-2")
            .Sum(static pod => Number(pod!["containers"]![0]!["usage"]!["cpu"]!));
        Assert.Equal(used + 180_000_000, Number(nodes[1]!["usage"]!["cpu"]!));
    }

    [Fact]
    public async Task What_is_set_is_told_and_what_is_omitted_is_not_there()
    {
        await using var one = await OneCluster.StartAsync(WithMetrics);
        var (first, second) = ((await one.Client.GetAsync(Pods))["items"]![0]!["metadata"]!, (await one.Client.GetAsync(Pods))["items"]![1]!["metadata"]!);
        var (ns, name, container) = (first["namespace"]!.ToString(), first["name"]!.ToString(), first["labels"]!["app"]!.ToString());
        one.Cluster.Metrics.SetContainer(ns, name, container, "250m", "64Mi");
        one.Cluster.Metrics.OmitPod(second["namespace"]!.ToString(), second["name"]!.ToString());
        one.Cluster.Metrics.SetNode("node-1", "1.5", "2Gi");

        var pod = await one.Client.GetAsync($"/apis/metrics.k8s.io/v1beta1/namespaces/{ns}/pods/{name}");
        var node = await one.Client.GetAsync($"{Nodes}/node-1");
        using var missing = await one.Client.SendAsync(HttpMethod.Get, $"/apis/metrics.k8s.io/v1beta1/namespaces/{second["namespace"]}/pods/{second["name"]}");

        Assert.Equal("""[{"name":"NAME","usage":{"cpu":"250000000n","memory":"65536Ki"}}]""".Replace("NAME", container, StringComparison.Ordinal), pod["containers"]!.ToJsonString());
        Assert.Equal("""{"cpu":"1500000000n","memory":"2097152Ki"}""", node["usage"]!.ToJsonString());
        Assert.Equal(404, (int)missing.StatusCode);
        Assert.Equal($"pods.metrics.k8s.io \"{second["namespace"]}/{second["name"]}\" not found", JsonNode.Parse(await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["message"]!.ToString());
    }

    [Fact]
    public async Task Lists_are_of_a_namespace_and_of_labels()
    {
        await using var one = await OneCluster.StartAsync(WithMetrics);

        var web = (await one.Client.GetAsync("/apis/metrics.k8s.io/v1beta1/namespaces/web/pods"))["items"]!.AsArray();
        var frontend = (await one.Client.GetAsync($"{Pods}?labelSelector=tier%3Dfrontend"))["items"]!.AsArray();

        Assert.NotEmpty(web);
        Assert.All(web, static pod => Assert.Equal("web", pod!["metadata"]!["namespace"]!.ToString()));
        Assert.NotEmpty(frontend);
        Assert.All(frontend, static pod => Assert.Equal("frontend", pod!["metadata"]!["labels"]!["tier"]!.ToString()));
    }

    [Fact]
    public async Task A_server_that_lags_tells_when_it_measured()
    {
        await using var one = await OneCluster.StartAsync(WithMetrics);
        one.Cluster.Metrics.Delay = TimeSpan.FromMinutes(20);

        var node = (await one.Client.GetAsync(Nodes))["items"]![0]!;

        var age = DateTimeOffset.Parse(node["metadata"]!["creationTimestamp"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture) - DateTimeOffset.Parse(node["timestamp"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(age, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(16));
    }

    private static long Number(JsonNode nanocores) => long.Parse(nanocores.ToString().TrimEnd('n'), System.Globalization.CultureInfo.InvariantCulture);
}
