namespace MultiCluster.Tests.Sandbox;

// What a user may ask about its own rights.
public abstract partial class ApiServerContract
{
    private const string Reviews = "/apis/authorization.k8s.io/v1";

    [Theory]
    [InlineData("delete", "pods", "")]
    [InlineData("create", "pods", "eviction")]
    [InlineData("patch", "nodes", "")]
    public async Task Everybody_may_ask_what_they_may_do(string verb, string resource, string subresource)
    {
        var body = AccessReview($$$"""{"resourceAttributes":{"verb":"{{{verb}}}","resource":"{{{resource}}}","subresource":"{{{subresource}}}","namespace":"kube-system"}}""");
        var allowed = await Admin.CreateAsync($"{Reviews}/selfsubjectaccessreviews", body);
        Assert.Equal("SelfSubjectAccessReview", Text(allowed["kind"]));
        Assert.Equal("kube-system", Text(allowed["spec"]!["resourceAttributes"]!["namespace"]));
        Assert.Equal("true", Text(allowed["status"]!["allowed"]));
        Assert.Equal("false", Text((await Server.Limited.CreateAsync($"{Reviews}/selfsubjectaccessreviews", body))["status"]!["allowed"]));
        await Server.BadToken.JsonAsync(HttpMethod.Post, $"{Reviews}/selfsubjectaccessreviews", 401, body);
    }

    [Theory]
    [InlineData("/healthz", "true")]
    [InlineData("/apis/apps/v1", "true")]
    [InlineData("/metrics", "false")]
    public async Task A_review_knows_of_paths(string path, string allowed)
    {
        var body = AccessReview($$$"""{"nonResourceAttributes":{"verb":"get","path":"{{{path}}}"}}""");
        Assert.Equal(allowed, Text((await Server.Limited.CreateAsync($"{Reviews}/selfsubjectaccessreviews", body))["status"]!["allowed"]));
    }

    [Fact]
    public async Task A_review_of_nothing_is_a_422()
    {
        var status = await Admin.JsonAsync(HttpMethod.Post, $"{Reviews}/selfsubjectaccessreviews", 422, AccessReview("{}"));
        Assert.EndsWith(
            "spec.resourceAttributes: Invalid value: \"null\": exactly one of nonResourceAttributes or resourceAttributes must be specified",
            Text(status["message"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rules_of_a_namespace_can_be_asked_for()
    {
        var body = """{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectRulesReview","spec":{"namespace":"kube-system"}}""";
        var rules = (await Admin.CreateAsync($"{Reviews}/selfsubjectrulesreviews", body))["status"]!;
        Assert.Contains(rules["resourceRules"]!.AsArray(), r => r!.ToJsonString() == """{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}""");
        Assert.Contains(rules["nonResourceRules"]!.AsArray(), r => r!.ToJsonString() == """{"verbs":["*"],"nonResourceURLs":["*"]}""");
        rules = (await Server.Limited.CreateAsync($"{Reviews}/selfsubjectrulesreviews", body))["status"]!;
        Assert.Equal("false", Text(rules["incomplete"]));
        Assert.DoesNotContain(rules["resourceRules"]!.AsArray(), r => r!["verbs"]!.AsArray().Any(v => Text(v) is "*" or "delete"));
        var status = await Admin.JsonAsync(HttpMethod.Post, $"{Reviews}/selfsubjectrulesreviews", 400, body.Replace("\"namespace\":\"kube-system\"", "", StringComparison.Ordinal));
        Assert.Equal("no namespace on request", Text(status["message"]));
    }

    [Fact]
    public async Task A_review_is_not_stored()
    {
        await Admin.FailAsync(405, $"{Reviews}/selfsubjectaccessreviews");
        var reviews = Resource((await Admin.GetAsync(Reviews))["resources"]!.AsArray(), "selfsubjectaccessreviews");
        Assert.Equal("""["create"]""", reviews["verbs"]!.ToJsonString());
        Assert.Equal("false", Text(reviews["namespaced"]));
    }

    private static string AccessReview(string spec) => $$"""{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{{spec}} }""";
}
