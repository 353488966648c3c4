using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Changes.Diffs;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Tests.Objects.Kinds;
using MultiCluster.Tests.Sandbox;

namespace MultiCluster.Tests.Changes;

/// <summary>Applies that are known to change nothing without asking the server.</summary>
public sealed class AppliedFieldsTests
{
    private const string Keyed = """{"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}},"k:{\"port\":81,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}}""";
    private const string Ports = """{"spec":{"ports":[{"port":80,"protocol":"TCP"},{"port":81,"protocol":"TCP"},{"port":90,"protocol":"UDP"}]}}""";

    [Theory]
    // Plain members.
    [InlineData("""{"f:data":{"f:a":{}}}""", """{"data":{"a":"1","b":"2"}}""", """{"data":{"a":"1"}}""", true)]
    [InlineData("""{"f:data":{"f:a":{}}}""", """{"data":{"a":"1","b":"2"}}""", """{"data":{"a":"2"}}""", false)]
    [InlineData("""{"f:data":{"f:a":{}}}""", """{"data":{"a":"1","b":"2"}}""", """{"data":{"a":"1","b":"2"}}""", false)] // b is not owned yet
    [InlineData("""{"f:data":{"f:a":{},"f:b":{}}}""", """{"data":{"a":"1","b":"2"}}""", """{"data":{"a":"1"}}""", false)] // b would go
    [InlineData("""{"f:data":{".":{},"f:a":{}}}""", """{"data":{"a":"1"}}""", """{"data":{"a":"1"}}""", true)]
    [InlineData("""{"f:data":{"f:a":{}}}""", """{"data":{"a":"\u0031"}}""", """{"data":{"a":"1"}}""", true)]
    [InlineData("""{"f:spec":{"f:replicas":{}}}""", """{"spec":{"replicas":2}}""", """{"spec":{"replicas":"2"}}""", false)]
    // What names an object elsewhere is a field like any other.
    [InlineData("""{"f:data":{"f:a":{}}}""", """{"data":{"a":"1"}}""", """{"data":{"a":"1","name":"x"}}""", false)]
    [InlineData("""{"f:data":{"f:a":{}}}""", """{"data":{"a":"1"}}""", """{"data":{"a":"1","namespace":"x"}}""", false)]
    [InlineData("""{"f:data":{"f:name":{}}}""", """{"data":{"name":"x"}}""", """{"data":{"name":"x"}}""", true)]
    [InlineData("""{"f:spec":{"f:kind":{}}}""", """{"spec":{"kind":"x","apiVersion":"y"}}""", """{"spec":{"kind":"x"}}""", true)]
    // Labels.
    [InlineData("""{"f:metadata":{"f:labels":{"f:app":{}}}}""", """{"metadata":{"labels":{"app":"a","more":"b"}}}""", """{"metadata":{"labels":{"app":"a"}}}""", true)]
    [InlineData("""{"f:metadata":{"f:labels":{"f:app":{}}}}""", """{"metadata":{"labels":{"app":"a"}}}""", """{"metadata":{"labels":{"app":"a"},"annotations":{"x":"y"}}}""", false)]
    // Nulls are asked about.
    [InlineData("""{"f:data":{"f:a":{}}}""", """{"data":{"a":"1"}}""", """{"data":{"a":"1","b":null}}""", false)]
    [InlineData("""{"f:data":{"f:a":{}}}""", """{"data":{"a":"1"}}""", """{"data":{"a":null}}""", false)]
    // Empty tables and lists.
    [InlineData("""{"f:spec":{"f:emptyDir":{}}}""", """{"spec":{"emptyDir":{}}}""", """{"spec":{"emptyDir":{}}}""", true)]
    [InlineData("""{"f:spec":{"f:emptyDir":{}}}""", """{"spec":{"emptyDir":{"medium":"Memory"}}}""", """{"spec":{"emptyDir":{}}}""", false)]
    // Lists whose elements have keys; a key's default may be left out.
    [InlineData(Keyed, Ports, """{"spec":{"ports":[{"port":80},{"port":81}]}}""", true)]
    [InlineData(Keyed, Ports, """{"spec":{"ports":[{"port":81},{"port":80}]}}""", false)] // in another order
    [InlineData(Keyed, Ports, """{"spec":{"ports":[{"port":80}]}}""", false)] // one would go
    [InlineData(Keyed, Ports, """{"spec":{"ports":[{"port":80},{"port":81},{"port":82}]}}""", false)]
    [InlineData(Keyed, Ports, """{"spec":{"ports":[{"port":80},{"port":81},{"port":90,"protocol":"UDP"}]}}""", false)] // the third is somebody else's
    [InlineData(Keyed, Ports, """{"spec":{"ports":[{"port":80,"protocol":"UDP"},{"port":81}]}}""", false)]
    [InlineData(Keyed, Ports, """{"spec":{"ports":[{"port":80},{"port":80}]}}""", false)]
    [InlineData(Keyed, """{"spec":{"ports":[{"port":80,"protocol":"TCP"}]}}""", """{"spec":{"ports":[{"port":80},{"port":81}]}}""", false)] // one is gone
    // Sets.
    [InlineData("""{"f:metadata":{"f:finalizers":{"v:\"a\"":{},"v:\"b\"":{}}}}""", """{"metadata":{"finalizers":["a","x","b"]}}""", """{"metadata":{"finalizers":["a","b"]}}""", true)]
    [InlineData("""{"f:metadata":{"f:finalizers":{"v:\"a\"":{},"v:\"b\"":{}}}}""", """{"metadata":{"finalizers":["b","a"]}}""", """{"metadata":{"finalizers":["a","b"]}}""", false)]
    [InlineData("""{"f:metadata":{"f:finalizers":{"v:\"a\"":{}}}}""", """{"metadata":{"finalizers":["a"]}}""", """{"metadata":{"finalizers":["a","b"]}}""", false)]
    // Lists that are one value.
    [InlineData("""{"f:spec":{"f:args":{}}}""", """{"spec":{"args":["a","b"]}}""", """{"spec":{"args":["a","b"]}}""", true)]
    [InlineData("""{"f:spec":{"f:args":{}}}""", """{"spec":{"args":["a","b"]}}""", """{"spec":{"args":["b","a"]}}""", false)]
    [InlineData("""{"f:spec":{"f:args":{}}}""", """{"spec":{"args":[{"x":1,"y":2}]}}""", """{"spec":{"args":[{"y":2,"x":1}]}}""", true)]
    [InlineData("""{"f:spec":{"f:args":{}}}""", """{"spec":{"args":["a"]}}""", """{"spec":{"args":["a","b"]}}""", false)]
    // Owners as no server writes them.
    [InlineData("""{"f:spec":{"i:0":{}}}""", """{"spec":["a"]}""", """{"spec":["a"]}""", false)]
    [InlineData("""{"f:spec":{"k:nonsense":{}}}""", """{"spec":["a"]}""", """{"spec":["a"]}""", false)]
    public void An_apply_changes_nothing_when_it_owns_what_it_asks_for_with_those_values(string owned, string live, string wanted, bool holds) =>
        Assert.Equal(holds, AppliedFields.Hold(Live(live, Owner(owned)), Wanted(wanted)));

    [Theory]
    [InlineData("""{"manager":"multicluster-powershell","operation":"Update","apiVersion":"v1","fieldsV1":{"f:data":{"f:a":{}}}}""")]
    [InlineData("""{"manager":"multicluster-powershell","operation":"Apply","apiVersion":"v1beta1","fieldsV1":{"f:data":{"f:a":{}}}}""")]
    [InlineData("""{"manager":"multicluster-powershell","operation":"Apply","apiVersion":"v1","subresource":"status","fieldsV1":{"f:data":{"f:a":{}}}}""")]
    [InlineData("""{"manager":"kubectl","operation":"Apply","apiVersion":"v1","fieldsV1":{"f:data":{"f:a":{}}}}""")]
    [InlineData("""{"manager":"multicluster-powershell","operation":"Apply","apiVersion":"v1"}""")]
    public void What_others_own_or_this_one_in_another_way_is_asked_for(string owner) =>
        Assert.False(AppliedFields.Hold(Live("""{"data":{"a":"1"}}""", owner), Wanted("""{"data":{"a":"1"}}""")));

    [Fact]
    public void Another_owner_beside_this_one_does_not_matter()
    {
        var live = Live("""{"data":{"a":"1"}}""", """{"manager":"kubectl","operation":"Apply","apiVersion":"v1","fieldsV1":{"f:data":{"f:a":{}}}}""", Owner("""{"f:data":{"f:a":{}}}"""));
        Assert.True(AppliedFields.Hold(live, Wanted("""{"data":{"a":"1"}}""")));
    }

    [Fact]
    public void An_object_of_which_nothing_is_asked_is_as_it_should_be_when_nothing_was_asked_before()
    {
        Assert.True(AppliedFields.Hold(Live("""{"data":{"a":"1"}}"""), Wanted("{}")));
        Assert.True(AppliedFields.Hold(Live("""{"data":{"a":"1"}}""", """{"manager":"kubectl","operation":"Apply","apiVersion":"v1","fieldsV1":{"f:data":{"f:a":{}}}}"""), Wanted("{}")));
        Assert.False(AppliedFields.Hold(Live("""{"data":{"a":"1"}}""", Owner("""{"f:data":{"f:a":{}}}""")), Wanted("{}"))); // what was asked for would go
    }

    [Fact]
    public async Task Whatever_holds_is_left_as_it_is_by_the_server()
    {
        await using var one = await OneCluster.StartAsync();
        var random = new Random(12);
        const string path = "/apis/apps/v1/namespaces/default/deployments/web";
        var held = 0;
        for (var round = 0; round < 150; round++)
        {
            var (first, second) = (Deployment(random), Deployment(random));
            var live = (await ApplyAsync(first)).ToJsonString();
            foreach (var wanted in (JsonObject[])[first, second])
            {
                var bytes = Encoding.UTF8.GetBytes(wanted.ToJsonString());
                if (!AppliedFields.Hold(Sample.Read("apps/v1", "Deployment", live), new JsonSlice(bytes, 0)))
                    continue;
                held++;
                var after = await ApplyAsync(wanted);
                Assert.True(JsonNode.Parse(live)!["metadata"]!["resourceVersion"]!.ToString() == after["metadata"]!["resourceVersion"]!.ToString(), $"{wanted.ToJsonString()} on {live}");
            }
        }

        Assert.InRange(held, 50, 300);

        Task<JsonNode> ApplyAsync(JsonObject body) => ApplyToAsync(one.Client, path, body);
    }

    private static async Task<JsonNode> ApplyToAsync(ApiClient client, string path, JsonObject body)
    {
        using var response = await client.SendAsync(HttpMethod.Patch, $"{path}?fieldManager=multicluster-powershell", body.ToJsonString(), contentType: "application/apply-patch+yaml");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>A Deployment of which parts are there or not, in one order or another.</summary>
    private static JsonObject Deployment(Random random)
    {
        bool Maybe() => random.Next(2) == 0;
        var containers = new List<JsonObject>();
        foreach (var name in (string[])["app", "side"])
        {
            var container = new JsonObject { ["name"] = name, ["image"] = Maybe() ? "x:1" : "x:2" };
            if (Maybe())
                container["ports"] = Maybe() ? new JsonArray(new JsonObject { ["containerPort"] = 80 }) : new JsonArray(new JsonObject { ["containerPort"] = 80, ["protocol"] = "UDP" }, new JsonObject { ["containerPort"] = 80, ["protocol"] = "TCP" });
            if (Maybe())
                container["env"] = Maybe() ? new JsonArray(Variable("A"), Variable("B")) : new JsonArray(Variable("B"), Variable("A"));
            if (Maybe())
                container["command"] = Maybe() ? new JsonArray("run") : new JsonArray("run", "all");
            if (Maybe())
                container["resources"] = Maybe() ? new JsonObject() : new JsonObject { ["limits"] = new JsonObject { ["cpu"] = "1" } };
            containers.Add(container);
        }

        if (Maybe())
            containers.Reverse();
        var metadata = new JsonObject { ["name"] = "web", ["namespace"] = "default" };
        if (Maybe())
            metadata["labels"] = new JsonObject { ["name"] = Maybe() ? "a" : "b" };
        if (Maybe())
            metadata["finalizers"] = Maybe() ? new JsonArray("example.com/a") : new JsonArray("example.com/b", "example.com/a");
        var spec = new JsonObject
        {
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "web" } },
            ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = "web" } }, ["spec"] = new JsonObject { ["containers"] = new JsonArray([.. containers]) } },
        };
        if (Maybe())
            spec["replicas"] = random.Next(3);
        return new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["metadata"] = metadata, ["spec"] = spec };

        static JsonObject Variable(string name) => new() { ["name"] = name, ["value"] = "1" };
    }

    private static string Owner(string fields) => $$"""{"manager":"multicluster-powershell","operation":"Apply","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{{fields}}}""";

    private static KubeObject Live(string json, params string[] owners)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        var metadata = root["metadata"] as JsonObject ?? [];
        root.Remove("metadata");
        (metadata["name"], metadata["namespace"]) = ("a", "web");
        metadata["managedFields"] = new JsonArray([.. owners.Select(static owner => JsonNode.Parse(owner))]);
        (root["apiVersion"], root["kind"], root["metadata"]) = ("v1", "ConfigMap", metadata);
        return Sample.Read("v1", "ConfigMap", root.ToJsonString());
    }

    private static JsonSlice Wanted(string json)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        var metadata = root["metadata"] as JsonObject ?? [];
        root.Remove("metadata");
        (metadata["name"], metadata["namespace"]) = ("a", "web");
        (root["apiVersion"], root["kind"], root["metadata"]) = ("v1", "ConfigMap", metadata);
        return new JsonSlice(Encoding.UTF8.GetBytes(root.ToJsonString()), 0);
    }
}
