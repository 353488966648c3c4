using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox.Acting;

/// <summary>What the disruption controller makes of budgets, and what newer servers do with them than the contract's.</summary>
public sealed class BudgetTests
{
    private const string Covered = "\"selector\":{\"matchLabels\":{\"app\":\"web\"}}";

    [Theory]
    [InlineData("\"minAvailable\":3", 1, 3)]
    [InlineData("\"minAvailable\":9", 0, 9)]
    [InlineData("\"minAvailable\":\"50%\"", 2, 2)]
    [InlineData("\"minAvailable\":\"51%\"", 1, 3)]
    [InlineData("\"minAvailable\":0", 4, 0)]
    [InlineData("\"maxUnavailable\":1", 1, 3)]
    [InlineData("\"maxUnavailable\":0", 0, 4)]
    [InlineData("\"maxUnavailable\":\"30%\"", 2, 2)]
    [InlineData("\"maxUnavailable\":\"100%\"", 4, 0)]
    public async Task A_budget_counts_in_numbers_and_shares(string spec, int allowed, int desired)
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 4);
        await acting.BudgetAsync("b", $"{{{spec},{Covered}}}");
        var status = await acting.StatusAsync("b");
        Assert.Equal(
            $"{allowed} 4 {desired} 4 1",
            $"{status["disruptionsAllowed"]} {status["currentHealthy"]} {status["desiredHealthy"]} {status["expectedPods"]} {status["observedGeneration"]}");
        var condition = Assert.Single(status["conditions"]!.AsArray())!;
        Assert.Equal(
            allowed > 0 ? "DisruptionAllowed True SufficientPods 1" : "DisruptionAllowed False InsufficientPods 1",
            $"{condition["type"]} {condition["status"]} {condition["reason"]} {condition["observedGeneration"]}");
    }

    [Fact]
    public async Task A_budget_follows_its_pods_as_they_go_and_come()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 2);
        await acting.BudgetAsync("b", $"{{\"maxUnavailable\":1,{Covered}}}");
        var pods = await acting.NamesAsync();
        await acting.EvictAsync(pods[0]);
        Assert.Equal("0 1", await AllowedAsync(acting));
        var refused = await acting.EvictAsync(pods[1], 429);
        Assert.Equal("The disruption budget b needs 1 healthy pods and has 1 currently", refused["details"]!["causes"]![0]!["message"]!.ToString());
        acting.Advance(0.9);
        await acting.EvictAsync(pods[1], 429);
        acting.Advance(0.1);
        Assert.Equal("1 2", await AllowedAsync(acting));
        await acting.EvictAsync(pods[1]);
    }

    [Fact]
    public async Task A_budget_follows_the_scale_of_its_workload()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 2);
        await acting.BudgetAsync("b", $"{{\"minAvailable\":\"50%\",{Covered}}}");
        await acting.Client.PatchAsync($"{ActingCluster.PathOf("Deployment")}/web/scale", """{"spec":{"replicas":6}}""");
        var status = await acting.StatusAsync("b");
        Assert.Equal("0 2 3 6", $"{status["disruptionsAllowed"]} {status["currentHealthy"]} {status["desiredHealthy"]} {status["expectedPods"]}");
        acting.Advance(1);
        Assert.Equal("3 6", await AllowedAsync(acting));
    }

    [Fact]
    public async Task A_budget_that_is_being_looked_at_refuses_and_says_when_to_come_again()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 2);
        acting.Cluster.Controllers.ReactionTime = TimeSpan.FromSeconds(2);
        await acting.BudgetAsync("b", $"{{\"maxUnavailable\":1,{Covered}}}");
        var pod = (await acting.NamesAsync())[0];
        using var response = await acting.Client.SendAsync(
            HttpMethod.Post, $"{ActingCluster.Pods}/{pod}/eviction", $$$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"{{{pod}}}"}}""");
        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter!.Delta);
        var status = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("10", status["details"]!["retryAfterSeconds"]!.ToString());
        Assert.Equal("The disruption budget b is still being processed by the server.", status["details"]!["causes"]![0]!["message"]!.ToString());
        acting.Advance(2);
        await acting.EvictAsync(pod);
    }

    [Fact]
    public async Task A_granted_eviction_counts_until_the_pod_goes_or_two_minutes_have_passed()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 2);
        await acting.BudgetAsync("b", $"{{\"maxUnavailable\":1,{Covered}}}");
        var pod = (await acting.NamesAsync())[0];
        // The grant is taken before the deletion is tried.
        await acting.EvictAsync(pod, 409, """{"preconditions":{"uid":"x"}}""");
        Assert.True((await acting.StatusAsync("b"))["disruptedPods"]!.AsObject().ContainsKey(pod));
        Assert.Equal("0 1", await AllowedAsync(acting));
        acting.Advance(121);
        Assert.Null((await acting.StatusAsync("b"))["disruptedPods"]);
        Assert.Equal("1 2", await AllowedAsync(acting));
    }

    [Fact]
    public async Task Pods_without_a_controller_count_only_against_a_number()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.AddPod("p");
        acting.AddPod("q");
        await acting.BudgetAsync("number", """{"minAvailable":1,"selector":{"matchLabels":{"app":"x"}}}""");
        await acting.BudgetAsync("share", """{"minAvailable":"50%","selector":{"matchLabels":{"app":"x"}}}""");
        Assert.Equal("1 2", await AllowedAsync(acting, "number"));
        Assert.Equal("0 2", await AllowedAsync(acting, "share"));
    }

    [Fact]
    public async Task A_budget_whose_pods_have_no_known_scale_fails_and_says_so()
    {
        await using var acting = await ActingCluster.StartAsync(nodes: 1);
        await acting.DeployAsync("DaemonSet", "web", 1);
        await acting.BudgetAsync("b", $"{{\"maxUnavailable\":1,{Covered}}}");
        var pod = Assert.Single(await acting.NamesAsync());
        Assert.Equal("SyncFailed", (await acting.StatusAsync("b"))["conditions"]![0]!["reason"]!.ToString());
        // Its generation was never observed, which is what the server looks at first.
        var refused = await acting.EvictAsync(pod, 429);
        Assert.Equal("The disruption budget b is still being processed by the server.", refused["details"]!["causes"]![0]!["message"]!.ToString());
        await acting.Client.PatchAsync($"{ActingCluster.Budgets}/b/status", """{"status":{"observedGeneration":1}}""");
        refused = await acting.EvictAsync(pod, 429);
        Assert.Equal(
            $"The disruption budget b does not allow evicting pods currently because it failed sync: found no controllers for pod \"{pod}\"",
            refused["details"]!["causes"]![0]!["message"]!.ToString());
    }

    [Theory]
    [InlineData("", 429)]
    [InlineData("\"unhealthyPodEvictionPolicy\":\"IfHealthyBudget\",", 429)]
    [InlineData("\"unhealthyPodEvictionPolicy\":\"AlwaysAllow\",", 201)]
    public async Task A_pod_that_is_not_ready_goes_as_its_budgets_policy_says(string policy, int status)
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.AddPod("p");
        acting.AddPod("sick", ready: false);
        await acting.BudgetAsync("b", $$$$"""{{{{{policy}}}}"minAvailable":2,"selector":{"matchLabels":{"app":"x"}}}""");
        await acting.EvictAsync("sick", status);
        await acting.EvictAsync("p", 429);
    }

    [Fact]
    public async Task An_empty_selector_covers_every_pod_of_the_namespace_and_none_none()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.AddPod("p", labels: "{}");
        await acting.BudgetAsync("none", """{"minAvailable":9}""");
        await acting.EvictAsync("p", options: """{"dryRun":["All"]}""");
        await acting.BudgetAsync("all", """{"minAvailable":9,"selector":{}}""");
        await acting.EvictAsync("p", 429);
        Assert.Equal("1", (await acting.StatusAsync("all"))["expectedPods"]!.ToString());
    }

    [Theory]
    [InlineData("v1.20.2", "v1beta1", "v1beta1", 400)]
    [InlineData("v1.21.0", "v1 v1beta1", "v1beta1", 400)]
    [InlineData("v1.22.0", "v1 v1beta1", "v1", 201)]
    [InlineData("v1.25.0", "v1", "v1", 201)]
    public async Task A_servers_version_decides_what_it_serves(string version, string budgets, string eviction, int status)
    {
        await using var acting = await ActingCluster.StartAsync(version: version);
        acting.AddPod("p");
        var group = await acting.Client.GetAsync("/apis/policy");
        Assert.Equal(budgets, string.Join(' ', group["versions"]!.AsArray().Select(v => v!["version"])));
        var legacy = (await acting.Client.GetAsync("/api/v1"))["resources"]!.AsArray().Single(r => r!["name"]!.ToString() == "pods/eviction")!;
        Assert.Equal($"policy {eviction}", $"{legacy["group"]} {legacy["version"]}");
        var aggregated = await acting.Client.GetAsync("/api", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        var pods = aggregated["items"]![0]!["versions"]![0]!["resources"]!.AsArray().Single(r => r!["resource"]!.ToString() == "pods")!;
        Assert.Equal(eviction, pods["subresources"]!.AsArray().Single(s => s!["subresource"]!.ToString() == "eviction")!["responseKind"]!["version"]!.ToString());
        await acting.EvictAsync("p", status);
        await acting.Client.CreateAsync($"{ActingCluster.Pods}/p/eviction", """{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"p"}}""");
    }

    [Fact]
    public async Task An_empty_selector_of_the_older_version_covers_no_pod_where_both_are_served()
    {
        await using var acting = await ActingCluster.StartAsync(version: "v1.24.0");
        acting.AddPod("p");
        await acting.Client.CreateAsync(
            ActingCluster.Budgets.Replace("v1", "v1beta1", StringComparison.Ordinal),
            """{"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","metadata":{"name":"b"},"spec":{"minAvailable":9,"selector":{}}}""");
        Assert.Equal("0", (await acting.StatusAsync("b"))["expectedPods"]!.ToString());
        await acting.EvictAsync("p");
    }

    [Theory]
    [InlineData("v1.25.0", false)]
    [InlineData("v1.33.1", true)]
    public async Task A_newer_server_writes_into_a_pod_that_it_is_evicted(string version, bool marked)
    {
        await using var acting = await ActingCluster.StartAsync(version: version);
        acting.AddPod("p");
        await acting.EvictAsync("p", options: """{"dryRun":["All"]}""");
        Assert.DoesNotContain("DisruptionTarget", await ConditionsAsync(acting));
        await acting.EvictAsync("p");
        Assert.Equal(marked, (await ConditionsAsync(acting)).Contains("DisruptionTarget"));
    }

    private static async Task<List<string>> ConditionsAsync(ActingCluster acting) =>
        [.. (await acting.Client.GetAsync($"{ActingCluster.Pods}/p"))["status"]!["conditions"]!.AsArray().Select(c => c!["type"]!.ToString())];

    private static async Task<string> AllowedAsync(ActingCluster acting, string budget = "b")
    {
        var status = await acting.StatusAsync(budget);
        return $"{status["disruptionsAllowed"]} {status["currentHealthy"]}";
    }
}
