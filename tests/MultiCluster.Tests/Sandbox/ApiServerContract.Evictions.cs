using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

// Evictions: what a budget allows, and how a refusal reads. Budgets' status is written here as their controller would.
public abstract partial class ApiServerContract
{
    [Fact]
    public async Task Discovery_tells_of_the_evictions_that_a_server_takes()
    {
        var eviction = Resource((await Admin.GetAsync("/api/v1"))["resources"]!.AsArray(), "pods/eviction");
        Assert.Equal("Eviction policy v1beta1 create", $"{eviction["kind"]} {eviction["group"]} {eviction["version"]} {eviction["verbs"]![0]}");
        Assert.Equal("policy/v1beta1", Text((await Admin.GetAsync("/apis/policy"))["preferredVersion"]!["groupVersion"]));
    }

    [Fact]
    public async Task A_pod_without_a_budget_is_evicted()
    {
        var path = await RunningPodsAsync("p");
        var status = await Admin.CreateAsync($"{path}/p/eviction", Eviction("p", """{"gracePeriodSeconds":77}"""));
        Assert.Equal("Status Success 201", $"{status["kind"]} {status["status"]} {status["code"]}");
        Assert.Equal("77", Text((await Admin.GetAsync($"{path}/p"))["metadata"]!["deletionGracePeriodSeconds"]));
        await Admin.CreateAsync($"{path}/p/eviction", Eviction("p"));
    }

    [Theory]
    [InlineData("?dryRun=All", "{}")]
    [InlineData("", """{"dryRun":["All"]}""")]
    public async Task A_dry_run_of_an_eviction_evicts_nothing(string query, string options)
    {
        var path = await RunningPodsAsync("p");
        await BudgetAsync(path, "b", allowed: 1);
        var before = await Admin.GetAsync($"{path}/p");
        await Admin.CreateAsync($"{path}/p/eviction{query}", Eviction("p", options));
        Assert.Equal(before.ToJsonString(), (await Admin.GetAsync($"{path}/p")).ToJsonString());
        Assert.Null((await Admin.GetAsync($"{Budgets(path)}/b"))["status"]!["disruptedPods"]);
    }

    [Fact]
    public async Task A_budget_that_is_used_up_refuses()
    {
        var path = await RunningPodsAsync("p");
        await BudgetAsync(path, "b", allowed: 0);
        foreach (var query in new[] { "", "?dryRun=All" })
        {
            using var response = await Admin.SendAsync(HttpMethod.Post, $"{path}/p/eviction{query}", Eviction("p"));
            Assert.Equal(429, (int)response.StatusCode);
            Assert.Null(response.Headers.RetryAfter);
            var status = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Assert.Equal("TooManyRequests", Text(status["reason"]));
            Assert.Equal("Cannot evict pod as it would violate the pod's disruption budget.", Text(status["message"]));
            Assert.Equal(
                """{"causes":[{"reason":"DisruptionBudget","message":"The disruption budget b needs 2 healthy pods and has 2 currently"}]}""",
                status["details"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_budget_that_allows_one_disruption_gives_it_once()
    {
        var path = await RunningPodsAsync("p", "q");
        await BudgetAsync(path, "b", allowed: 1);
        await Admin.CreateAsync($"{path}/p/eviction", Eviction("p"));
        var status = (await Admin.GetAsync($"{Budgets(path)}/b"))["status"]!;
        Assert.Equal("0", Text(status["disruptionsAllowed"]));
        Assert.True(status["disruptedPods"]!.AsObject().ContainsKey("p"));
        await Admin.JsonAsync(HttpMethod.Post, $"{path}/q/eviction", 429, Eviction("q"));
        await Admin.CreateAsync($"{path}/p/eviction", Eviction("p"));
    }

    [Fact]
    public async Task A_budget_that_was_not_looked_at_yet_refuses()
    {
        var path = await RunningPodsAsync("p");
        await BudgetAsync(path, "b", allowed: 1);
        await Admin.PatchAsync($"{Budgets(path)}/b", """{"spec":{"minAvailable":0}}""");
        var status = await Admin.JsonAsync(HttpMethod.Post, $"{path}/p/eviction", 429, Eviction("p"));
        Assert.Equal("The disruption budget b is still being processed by the server.", Text(status["details"]!["causes"]![0]!["message"]));
    }

    [Fact]
    public async Task A_pod_under_two_budgets_cannot_be_evicted()
    {
        var path = await RunningPodsAsync("p");
        await BudgetAsync(path, "b", allowed: 1);
        await BudgetAsync(path, "c", allowed: 1);
        var status = await Admin.JsonAsync(HttpMethod.Post, $"{path}/p/eviction", 500, Eviction("p"));
        Assert.Equal("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.", Text(status["message"]));
        Assert.Null(status["reason"]);
    }

    [Theory]
    [InlineData("Pending")]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    public async Task A_pod_that_does_not_run_needs_no_budget(string phase)
    {
        var path = await PodsAsync("p");
        await Admin.PatchAsync($"{path}/p/status", $$$"""{"status":{"phase":"{{{phase}}}"}}""");
        await BudgetAsync(path, "b", allowed: 0);
        await Admin.CreateAsync($"{path}/p/eviction", Eviction("p"));
    }

    [Fact]
    public async Task A_pod_that_is_not_ready_may_go_while_enough_others_are()
    {
        var path = await RunningPodsAsync("p");
        await Admin.PatchAsync($"{path}/p/status", """{"status":{"conditions":[{"type":"Ready","status":"False"}]}}""", "strategic-merge");
        await BudgetAsync(path, "b", allowed: 0, healthy: 1);
        await Admin.JsonAsync(HttpMethod.Post, $"{path}/p/eviction", 429, Eviction("p"));
        await Admin.PatchAsync($"{Budgets(path)}/b/status", """{"status":{"currentHealthy":2}}""");
        await Admin.CreateAsync($"{path}/p/eviction", Eviction("p"));
    }

    [Fact]
    public async Task An_eviction_names_its_pod()
    {
        var path = await RunningPodsAsync("p");
        Assert.Equal("pods \"none\" not found", Text((await Admin.JsonAsync(HttpMethod.Post, $"{path}/none/eviction", 404, Eviction("none")))["message"]));
        var status = await Admin.JsonAsync(HttpMethod.Post, $"{path}/p/eviction", 400, Eviction("q"));
        Assert.Equal("name in URL does not match name in Eviction object", Text(status["message"]));
        var uid = Text((await Admin.GetAsync($"{path}/p"))["metadata"]!["uid"]);
        status = await Admin.JsonAsync(HttpMethod.Post, $"{path}/p/eviction", 409, Eviction("p", """{"preconditions":{"uid":"x"}}"""));
        Assert.Equal(
            $"Operation cannot be fulfilled on Pod \"p\": the UID in the precondition (x) does not match the UID in record ({uid}). "
            + "The object might have been deleted and then recreated",
            Text(status["message"]));
    }

    [Fact]
    public async Task An_eviction_of_a_version_that_is_not_taken_is_a_400()
    {
        var path = await RunningPodsAsync("p");
        var status = await Admin.JsonAsync(HttpMethod.Post, $"{path}/p/eviction", 400, Eviction("p").Replace("v1beta1", "v1", StringComparison.Ordinal));
        Assert.StartsWith(
            "Eviction in version \"v1\" cannot be handled as a Eviction: no kind \"Eviction\" is registered for version \"policy/v1\"",
            Text(status["message"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_selector_covers_no_pod()
    {
        var path = await RunningPodsAsync("p");
        await BudgetAsync(path, "b", allowed: 0, selector: "{}");
        await Admin.CreateAsync($"{path}/p/eviction", Eviction("p"));
    }

    [Theory]
    [InlineData("""{"matchExpressions":[{"key":"app","operator":"In","values":["x","y"]}]}""", 429)]
    [InlineData("""{"matchExpressions":[{"key":"app","operator":"NotIn","values":["x"]}]}""", 201)]
    [InlineData("""{"matchExpressions":[{"key":"app","operator":"Exists"}]}""", 429)]
    [InlineData("""{"matchExpressions":[{"key":"other","operator":"DoesNotExist"}],"matchLabels":{"app":"x"}}""", 429)]
    [InlineData("""{"matchLabels":{"app":"x","other":"x"}}""", 201)]
    public async Task A_selector_says_which_pods_a_budget_covers(string selector, int expected)
    {
        var path = await RunningPodsAsync("p");
        await BudgetAsync(path, "b", allowed: 0, selector: selector);
        await Admin.JsonAsync(HttpMethod.Post, $"{path}/p/eviction", expected, Eviction("p"));
    }

    [Fact]
    public async Task A_user_who_may_not_evict_is_told_so()
    {
        var path = await RunningPodsAsync("p");
        var status = await Server.Limited.JsonAsync(HttpMethod.Post, $"{path}/p/eviction", 403, Eviction("p"));
        Assert.Equal(
            $"pods \"p\" is forbidden: User \"{Server.LimitedName}\" cannot create resource \"pods/eviction\" in API group \"\" in the namespace \"{path.Split('/')[4]}\"",
            Text(status["message"]));
    }

    private static string Eviction(string name, string options = "{}") =>
        $$$"""{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"{{{name}}}"},"deleteOptions":{{{options}}}}""";

    private static string Budgets(string pods) =>
        pods.Replace("/api/v1/", "/apis/policy/v1beta1/", StringComparison.Ordinal).Replace("/pods", "/poddisruptionbudgets", StringComparison.Ordinal);

    private async Task<string> RunningPodsAsync(params string[] names)
    {
        var path = await PodsAsync(names);
        foreach (var name in names)
            await Admin.PatchAsync($"{path}/{name}/status", """{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}""", "strategic-merge");
        return path;
    }

    private async Task BudgetAsync(string pods, string name, int allowed, int healthy = 2, string selector = """{"matchLabels":{"app":"x"}}""")
    {
        await Admin.CreateAsync(
            Budgets(pods),
            $$$"""{"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","metadata":{"name":"{{{name}}}"},"spec":{"minAvailable":2,"selector":{{{selector}}}}}""");
        await Admin.PatchAsync(
            $"{Budgets(pods)}/{name}/status",
            $$$"""{"status":{"observedGeneration":1,"disruptionsAllowed":{{{allowed}}},"currentHealthy":{{{healthy}}},"desiredHealthy":2,"expectedPods":2}}""");
    }
}
