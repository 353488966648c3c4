using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

/// <summary>What an API server does, as far as the engine relies on it.</summary>
public abstract partial class ApiServerContract
{
    protected ApiServerContract(ContractServer server)
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        Server = server;
    }

    protected ContractServer Server { get; }

    private ApiClient Admin => Server.Admin;

    [Fact]
    public async Task A_missing_object_is_a_404_with_its_name_and_kind()
    {
        var status = await Admin.FailAsync(404, "/apis/apps/v1/namespaces/default/deployments/nope");
        Assert.Equal("Status", Text(status["kind"]));
        Assert.Equal("Failure", Text(status["status"]));
        Assert.Equal("NotFound", Text(status["reason"]));
        Assert.Equal("deployments.apps \"nope\" not found", Text(status["message"]));
        Assert.Equal("nope", Text(status["details"]!["name"]));
        Assert.Equal("deployments", Text(status["details"]!["kind"]));
        Assert.Equal("apps", Text(status["details"]!["group"]));
    }

    [Fact]
    public async Task An_unknown_kind_of_a_known_group_is_a_404_Status()
    {
        var status = await Admin.FailAsync(404, "/api/v1/namespaces/default/foos");
        Assert.Equal("the server could not find the requested resource", Text(status["message"]));
    }

    [Fact]
    public async Task An_unknown_group_is_a_404_in_plain_text()
    {
        using var response = await Admin.SendAsync(HttpMethod.Get, "/apis/nope.example.com/v1/foos");
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_created_object_gets_uid_version_and_time()
    {
        var ns = await Server.NewNamespaceAsync();
        var created = await Admin.CreateAsync($"/api/v1/namespaces/{ns}/configmaps", ConfigMap("a"));
        Assert.True(Guid.TryParse(Text(created["metadata"]!["uid"]), out _));
        Assert.NotEmpty(Text(created["metadata"]!["resourceVersion"]));
        Assert.EndsWith("Z", Text(created["metadata"]!["creationTimestamp"]), StringComparison.Ordinal);
        Assert.Equal(ns, Text(created["metadata"]!["namespace"]));
        Assert.Equal(Text(created["metadata"]!["uid"]), Text((await Admin.GetAsync($"/api/v1/namespaces/{ns}/configmaps/a"))["metadata"]!["uid"]));
    }

    [Fact]
    public async Task A_second_object_of_a_name_is_a_conflict()
    {
        var ns = await Server.NewNamespaceAsync();
        await Admin.CreateAsync($"/api/v1/namespaces/{ns}/configmaps", ConfigMap("a"));
        var status = await Admin.JsonAsync(HttpMethod.Post, $"/api/v1/namespaces/{ns}/configmaps", 409, ConfigMap("a"));
        Assert.Equal("AlreadyExists", Text(status["reason"]));
        Assert.Equal("configmaps \"a\" already exists", Text(status["message"]));
    }

    [Fact]
    public async Task An_invalid_name_is_a_422_with_its_cause()
    {
        var status = await Admin.JsonAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps", 422, ConfigMap("Bad_Name"));
        Assert.Equal("Invalid", Text(status["reason"]));
        Assert.Equal("metadata.name", Text(status["details"]!["causes"]![0]!["field"]));
        Assert.StartsWith("ConfigMap \"Bad_Name\" is invalid: metadata.name: Invalid value", Text(status["message"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_for_a_missing_namespace_is_a_404()
    {
        var status = await Admin.JsonAsync(HttpMethod.Post, "/api/v1/namespaces/nope/configmaps", 404, ConfigMap("a"));
        Assert.Equal("namespaces \"nope\" not found", Text(status["message"]));
    }

    [Fact]
    public async Task A_replacement_of_an_old_version_is_a_conflict()
    {
        var ns = await Server.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{ns}/configmaps/a";
        var first = await Admin.CreateAsync($"/api/v1/namespaces/{ns}/configmaps", ConfigMap("a"));
        first["data"] = new JsonObject { ["x"] = "2" };
        var second = await Admin.JsonAsync(HttpMethod.Put, path, 200, first.ToJsonString());
        Assert.NotEqual(Text(first["metadata"]!["resourceVersion"]), Text(second["metadata"]!["resourceVersion"]));
        first["data"] = new JsonObject { ["x"] = "3" };
        var status = await Admin.JsonAsync(HttpMethod.Put, path, 409, first.ToJsonString());
        Assert.Equal("Conflict", Text(status["reason"]));
        Assert.Equal(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again",
            Text(status["message"]));
    }

    [Fact]
    public async Task A_delete_checks_the_uid()
    {
        var ns = await Server.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{ns}/configmaps/a";
        var uid = Text((await Admin.CreateAsync($"/api/v1/namespaces/{ns}/configmaps", ConfigMap("a")))["metadata"]!["uid"]);
        var status = await Admin.JsonAsync(HttpMethod.Delete, path, 409, DeleteOptions("00000000-0000-4000-8000-000000000000"));
        Assert.Equal(
            "Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (00000000-0000-4000-8000-000000000000) "
            + $"does not match the UID in record ({uid}). The object might have been deleted and then recreated",
            Text(status["message"]));
        Assert.Equal("Success", Text((await Admin.JsonAsync(HttpMethod.Delete, path, 200, DeleteOptions(uid)))["status"]));
        await Admin.FailAsync(404, path);
    }

    [Fact]
    public async Task An_unknown_token_is_a_401()
    {
        var status = await Server.BadToken.FailAsync(401, "/api/v1/namespaces");
        Assert.Equal("Unauthorized", Text(status["reason"]));
        Assert.Equal(401, status["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("/api/v1/secrets", "secrets is forbidden: User \"{0}\" cannot list resource \"secrets\" in API group \"\" at the cluster scope")]
    [InlineData("/api/v1/secrets?fieldSelector=metadata.name%3Ds", "secrets \"s\" is forbidden: User \"{0}\" cannot list resource \"secrets\" in API group \"\" at the cluster scope")]
    [InlineData("/api/v1/namespaces/default/secrets", "secrets is forbidden: User \"{0}\" cannot list resource \"secrets\" in API group \"\" in the namespace \"default\"")]
    [InlineData("/api/v1/namespaces/default/secrets/s", "secrets \"s\" is forbidden: User \"{0}\" cannot get resource \"secrets\" in API group \"\" in the namespace \"default\"")]
    [InlineData("/apis/rbac.authorization.k8s.io/v1/clusterroles", "clusterroles.rbac.authorization.k8s.io is forbidden: User \"{0}\" cannot list resource \"clusterroles\" in API group \"rbac.authorization.k8s.io\" at the cluster scope")]
    public async Task What_a_user_may_not_do_is_a_403_that_names_it(string path, string message)
    {
        var status = await Server.Limited.FailAsync(403, path);
        Assert.Equal("Forbidden", Text(status["reason"]));
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, message, Server.LimitedName), Text(status["message"]));
    }

    [Fact]
    public async Task An_unacceptable_media_type_is_a_406()
    {
        using var response = await Admin.SendAsync(HttpMethod.Get, "/api/v1/namespaces", accept: "text/html");
        Assert.Equal(406, (int)response.StatusCode);
    }

    [Fact]
    public async Task Health_and_version_answer()
    {
        using var response = await Admin.SendAsync(HttpMethod.Get, "/readyz");
        Assert.Equal("ok", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var version = await Admin.GetAsync("/version");
        Assert.Equal("1", Text(version["major"]));
        Assert.StartsWith("v1.", Text(version["gitVersion"]), StringComparison.Ordinal);
    }

    private static string ConfigMap(string name, string labels = "{}") =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","labels":{{{labels}}}},"data":{"x":"1"}}""";

    private static string DeleteOptions(string uid) => $$"""{"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"uid":"{{uid}}"} }""";

    private static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static List<string> Names(JsonNode list) => [.. list["items"]!.AsArray().Select(i => Text(i!["metadata"]!["name"]))];
}
