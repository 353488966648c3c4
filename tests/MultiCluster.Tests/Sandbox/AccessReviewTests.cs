namespace MultiCluster.Tests.Sandbox;

/// <summary>Reviews answer as the rules of a simulated user are.</summary>
public sealed class AccessReviewTests
{
    private const string Reviews = "/apis/authorization.k8s.io/v1/selfsubject";

    [Theory]
    [InlineData("create", "", "pods", "eviction", "web", true)]
    [InlineData("create", "", "pods", "eviction", "payments", false)]
    [InlineData("create", "", "pods", "", "web", false)]
    [InlineData("delete", "", "pods", "", "web", true)]
    [InlineData("delete", "", "pods", "", "", false)]
    [InlineData("patch", "", "nodes", "", "", true)]
    [InlineData("update", "", "nodes", "", "", false)]
    [InlineData("patch", "apps", "deployments", "", "web", false)]
    public async Task A_review_answers_as_the_server_would_act(string verb, string group, string resource, string subresource, string ns, bool allowed)
    {
        await using var one = await OneCluster.StartAsync();
        using var jane = Jane(one);
        var attributes = $$"""{"verb":"{{verb}}","group":"{{group}}","resource":"{{resource}}","subresource":"{{subresource}}","namespace":"{{ns}}"}""";
        var review = await jane.CreateAsync($"{Reviews}accessreviews", Review("Access", $"\"resourceAttributes\":{attributes}"));
        Assert.Equal(allowed, review["status"]!["allowed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_rules_are_those_of_the_namespace()
    {
        await using var one = await OneCluster.StartAsync();
        using var jane = Jane(one);
        Assert.Equal(["pods/eviction", "pods", "nodes"], await ResourcesAsync(jane, "web"));
        Assert.Equal(["nodes"], await ResourcesAsync(jane, "payments"));
        Assert.Equal(["*"], await ResourcesAsync(one.Client, "web"));
    }

    [Fact]
    public async Task Writes_are_bound_to_their_verbs()
    {
        await using var one = await OneCluster.StartAsync();
        using var jane = Jane(one);
        one.Cluster.Store.Add("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"web"},"spec":{},"status":{"phase":"Running"}}""");
        one.Cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"n"},"spec":{}}""");
        const string pod = "/api/v1/namespaces/web/pods/p";
        var denied = await jane.PatchAsync(pod, "{}", status: 403);
        Assert.Equal("pods \"p\" is forbidden: User \"jane\" cannot patch resource \"pods\" in API group \"\" in the namespace \"web\"", denied["message"]!.ToString());
        denied = await jane.PatchAsync($"{pod}/status", "{}", status: 403);
        Assert.Contains("cannot patch resource \"pods/status\"", denied["message"]!.ToString(), StringComparison.Ordinal);
        await jane.JsonAsync(HttpMethod.Put, "/api/v1/nodes/n", 403, "{}");
        await jane.PatchAsync("/api/v1/nodes/n", """{"spec":{"unschedulable":true}}""");
        await jane.CreateAsync($"{pod}/eviction?dryRun=All", """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}}""");
        await jane.DeleteAsync(pod);
        await one.Client.FailAsync(404, pod);
    }

    private static ApiClient Jane(OneCluster one)
    {
        one.Cluster.LimitedUser.Rules = [new("create", "pods/eviction", "web", ""), new("delete get", "pods", "web", ""), new("patch", "nodes", Group: "")];
        return one.NewClient(one.Cluster.LimitedUser.Token);
    }

    private static async Task<List<string>> ResourcesAsync(ApiClient client, string ns)
    {
        var review = await client.CreateAsync($"{Reviews}rulesreviews", Review("Rules", $"\"namespace\":\"{ns}\""));
        var own = review["status"]!["resourceRules"]!.AsArray().Where(r => r!["apiGroups"]![0]!.ToString() != "authorization.k8s.io");
        return [.. own.SelectMany(r => r!["resources"]!.AsArray().Select(n => n!.ToString()))];
    }

    private static string Review(string what, string spec) => $$$"""{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubject{{{what}}}Review","spec":{{{{spec}}}}}""";
}
