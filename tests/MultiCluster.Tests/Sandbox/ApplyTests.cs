using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Access;
using MultiCluster.Sandbox.Apply;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Tests.Sandbox;

/// <summary>What of server-side apply a server of the contract's version does not do, or the simulator leaves out.</summary>
public sealed class ApplyTests
{
    private const string Map = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1"}}""";

    private const string Web = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},"replicas":2,
         "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
        """;

    [Fact]
    public async Task What_is_not_simulated_says_so()
    {
        await using var one = await OneCluster.StartAsync();
        Assert.Equal(
            "the simulator reads a configuration to apply as JSON only", (await ApplyAsync(one.Client, "/api/v1/namespaces/default/configmaps/a", "kind: ConfigMap", 501))["message"]!.ToString());
        Assert.Equal("the simulator does not apply a scale", (await ApplyAsync(one.Client, "/apis/apps/v1/namespaces/default/deployments/web/scale", "{}", 501))["message"]!.ToString());
        var seen = """{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"e"}}""";
        Assert.Equal("the simulator does not apply events.events.k8s.io", (await ApplyAsync(one.Client, "/apis/events.k8s.io/v1/namespaces/default/events/e", seen, 501))["message"]!.ToString());
    }

    [Fact]
    public async Task A_subresource_owns_apart_from_its_object()
    {
        await using var one = await OneCluster.StartAsync();
        const string path = "/apis/apps/v1/namespaces/default/deployments/web";
        await ApplyAsync(one.Client, path, Web, 201);
        await one.Client.PatchAsync($"{path}/scale?fieldManager=scaler", """{"spec":{"replicas":3}}""");
        await ApplyAsync(one.Client, $"{path}/status", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"status":{"replicas":1}}""");
        var owners = (await one.Client.GetAsync(path))["metadata"]!["managedFields"]!.AsArray();
        Assert.Equal(["tests Apply ", "tests Apply status", "scaler Update scale"], owners.OrderBy(o => $"{o!["subresource"]}" == "scale").ThenBy(o => $"{o!["subresource"]}", StringComparer.Ordinal).Select(o => $"{o!["manager"]} {o["operation"]} {o["subresource"]}"));
        var conflict = await ApplyAsync(one.Client, path, Web, 409);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"scaler\" with subresource \"scale\" using apps/v1: .spec.replicas", conflict["message"]!.ToString());
    }

    [Fact]
    public async Task Who_may_patch_and_not_create_applies_to_what_is_there()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.LimitedUser.Rules = [new AccessRule("patch", "configmaps")];
        using var limited = one.NewClient(one.Cluster.LimitedUser.Token);
        const string path = "/api/v1/namespaces/default/configmaps/a";
        Assert.StartsWith("configmaps \"a\" is forbidden: User \"jane\" cannot create resource \"configmaps\"", (await ApplyAsync(limited, path, Map, 403))["message"]!.ToString(), StringComparison.Ordinal);
        await ApplyAsync(one.Client, path, Map, 201);
        await ApplyAsync(limited, path, Map);
    }

    [Fact]
    public async Task A_controller_leaves_the_owners_alone()
    {
        await using var one = await OneCluster.StartAsync();
        const string path = "/apis/apps/v1/namespaces/default/deployments/web";
        var owners = (await ApplyAsync(one.Client, path, Web, 201))["metadata"]!["managedFields"]!.ToJsonString();
        one.Cluster.Controllers.Start();
        Assert.Equal("2", (await one.Client.GetAsync(path))["status"]!["replicas"]?.ToString());
        Assert.Equal(owners, (await one.Client.GetAsync(path))["metadata"]!["managedFields"]!.ToJsonString());
    }

    // Kubernetes 1.20 keeps the live order; later ones take the applied one.
    [Theory]
    [InlineData("a b x", "b a", "b x a")]
    [InlineData("a b", "a c b", "a c b")]
    [InlineData("x a y b z", "a b", "x a y b z")]
    [InlineData("", "b a", "b a")]
    public void An_applied_order_is_kept_and_what_else_is_there_stays_between(string live, string applied, string merged)
    {
        var type = BuiltInTypes.Of(BuiltInKinds.All.Single(k => k.QualifiedPlural == "pods"))!;
        Assert.Equal(merged, Names(TypedMerge.Of(type, Pod(live), Pod(applied))));

        static JsonObject Pod(string names) => new()
        {
            ["spec"] = new JsonObject
            {
                ["containers"] = new JsonArray([.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => new JsonObject { ["name"] = n })]),
            },
        };

        static string Names(JsonObject pod) => string.Join(' ', pod["spec"]!["containers"]!.AsArray().Select(c => c!["name"]));
    }

    private static Task<JsonNode> ApplyAsync(ApiClient client, string path, string body, int status = 200) =>
        client.JsonAsync(HttpMethod.Patch, $"{path}?fieldManager=tests", status, body, contentType: "application/apply-patch+yaml");
}
