using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

// Server-side apply: lists that are merged by their keys, and those that are not; subresources; custom resources.
public abstract partial class ApiServerContract
{
    [Fact]
    public async Task Items_of_a_list_are_owned_by_their_keys()
    {
        var path = await DeploymentPathAsync();
        var created = await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i","env":[{"name":"A","value":"1"}],"ports":[{"containerPort":80,"protocol":"TCP"}]}"""), 201);
        Assert.Equal(
            """{"f:spec":{"f:selector":{},"f:template":{"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:env":{"k:{\"name\":\"A\"}":{".":{},"f:name":{},"f:value":{}}},"f:image":{},"f:name":{},"f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{},"f:protocol":{}}}}}}}}}""",
            Owned(created, "one"));
    }

    [Fact]
    public async Task A_container_that_is_applied_no_more_is_removed()
    {
        var path = await DeploymentPathAsync();
        await ApplyAsync(path, "one", Workload("""{"name":"a","image":"i"},{"name":"b","image":"i"},{"name":"c","image":"i"}"""), 201);
        Assert.Equal(["a", "c"], ContainersOf(await ApplyAsync(path, "one", Workload("""{"name":"a","image":"i"},{"name":"c","image":"i"}"""))));
    }

    [Fact]
    public async Task Environment_variables_are_merged_by_name()
    {
        var path = await DeploymentPathAsync();
        await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}"""), 201);
        var both = await ApplyAsync(path, "two", Workload("""{"name":"c","env":[{"name":"C","value":"3"}]}"""));
        Assert.Equal(["A=1", "B=2", "C=3"], Environment(both));
        var changed = await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i","env":[{"name":"B","value":"9"}]}"""));
        Assert.Equal(["B=9", "C=3"], Environment(changed));
        var status = await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i","env":[{"name":"C","value":"4"}]}"""), 409);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"two\": .spec.template.spec.containers[name=\"c\"].env[name=\"C\"].value", Text(status["message"]));
        Assert.Equal("i", Text(changed["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]));
    }

    [Fact]
    public async Task Ports_are_merged_by_number_and_protocol()
    {
        var path = await DeploymentPathAsync();
        await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i","ports":[{"containerPort":80},{"containerPort":80,"protocol":"UDP","name":"u"}]}"""), 201);
        var both = await ApplyAsync(path, "two", Workload("""{"name":"c","ports":[{"containerPort":443,"protocol":"TCP"}]}"""));
        Assert.Equal(["80TCP", "80UDP", "443TCP"], Ports(both));
        Assert.Equal(["80UDP", "443TCP"], Ports(await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i","ports":[{"containerPort":80,"protocol":"UDP","name":"u"}]}"""))));
        var status = await ApplyAsync(path, "two", Workload("""{"name":"c","ports":[{"containerPort":80,"protocol":"UDP","name":"v"}]}"""), 409);
        Assert.Equal(
            ".spec.template.spec.containers[name=\"c\"].ports[containerPort=80,protocol=\"UDP\"].name", Text(status["details"]!["causes"]![0]!["field"]));
    }

    [Fact]
    public async Task A_list_without_keys_is_one_value()
    {
        var path = await DeploymentPathAsync();
        await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i","args":["a","b"]}"""), 201);
        var status = await ApplyAsync(path, "two", Workload("""{"name":"c","args":["a"]}"""), 409);
        Assert.Equal(".spec.template.spec.containers[name=\"c\"].args", Text(status["details"]!["causes"]![0]!["field"]));
        var changed = await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i","args":["b"]}"""));
        Assert.Equal("""["b"]""", changed["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.ToJsonString());
    }

    [Fact]
    public async Task Limits_are_owned_one_by_one()
    {
        var path = await DeploymentPathAsync();
        await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i","resources":{"limits":{"cpu":"1"}}}"""), 201);
        var both = await ApplyAsync(path, "two", Workload("""{"name":"c","resources":{"limits":{"memory":"1Gi"}}}"""));
        Assert.Equal("""{"cpu":"1","memory":"1Gi"}""", both["spec"]!["template"]!["spec"]!["containers"]![0]!["resources"]!["limits"]!.ToJsonString());
        var status = await ApplyAsync(path, "two", Workload("""{"name":"c","resources":{"limits":{"cpu":"2"}}}"""), 409);
        Assert.Equal(".spec.template.spec.containers[name=\"c\"].resources.limits.cpu", Text(status["details"]!["causes"]![0]!["field"]));
    }

    [Fact]
    public async Task Finalizers_are_a_set()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        await ApplyAsync(path, "one", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","finalizers":["example.com/a","example.com/b"]}}""", 201);
        var both = await ApplyAsync(path, "two", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","finalizers":["example.com/c"]}}""");
        Assert.Equal(["example.com/a", "example.com/b", "example.com/c"], Finalizers(both));
        Assert.Equal("""{"f:metadata":{"f:finalizers":{"v:\"example.com/c\"":{}}}}""", Owned(both, "two"));
        both = await ApplyAsync(path, "one", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","finalizers":["example.com/b"]}}""");
        Assert.Equal(["example.com/b", "example.com/c"], Finalizers(both));
    }

    [Theory]
    [InlineData("""{"name":"c","image":"i"},{"name":"c","image":"j"}""", ".spec.template.spec.containers: duplicate entries for key [name=\"c\"]")]
    [InlineData("""{"name":"c","env":[{"name":"A"},{"name":"A"}]}""", ".spec.template.spec.containers[name=\"c\"].env: duplicate entries for key [name=\"A\"]")]
    [InlineData("""{"name":"c","imagine":1}""", ".spec.template.spec.containers[name=\"c\"].imagine: field not declared in schema")]
    [InlineData("""{"name":"c","ports":[{"containerPort":"x"}]}""", ".spec.template.spec.containers[name=\"c\"].ports[containerPort=\"x\",protocol=\"TCP\"].containerPort: expected numeric (int or float), got *value.valueUnstructured")]
    public async Task A_list_that_fits_no_schema_cannot_be_applied(string containers, string problem)
    {
        var status = await ApplyAsync(await DeploymentPathAsync(), "one", Workload(containers), 500);
        Assert.Equal($"failed to create typed patch object: {problem}", Text(status["message"]));
    }

    [Fact]
    public async Task A_status_is_applied_apart_from_its_object()
    {
        var path = await DeploymentPathAsync();
        await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i"}""", "\"replicas\":3,"), 201);
        var status = """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"status":{"replicas":2,"conditions":[{"type":"Available","status":"True"}]}}""";
        var applied = await ApplyAsync($"{path}/status", "controller", status);
        Assert.Equal("3 2", $"{applied["spec"]!["replicas"]} {applied["status"]!["replicas"]}");
        Assert.Equal("""{"f:status":{"f:conditions":{"k:{\"type\":\"Available\"}":{".":{},"f:status":{},"f:type":{}}},"f:replicas":{}}}""", Owned(applied, "controller"));
        Assert.Equal("1", Text(applied["metadata"]!["generation"]));
        status = status.Replace("Available", "Progressing", StringComparison.Ordinal);
        Assert.Equal(["Available", "Progressing"], (await ApplyAsync($"{path}/status", "other", status))["status"]!["conditions"]!.AsArray().Select(c => Text(c!["type"])));
        Assert.Equal(["Progressing"], (await ApplyAsync($"{path}/status", "controller", status))["status"]!["conditions"]!.AsArray().Select(c => Text(c!["type"])));
    }

    [Fact]
    public async Task A_custom_object_is_owned_as_its_schema_says()
    {
        var path = await PartsAsync();
        var created = await ApplyAsync($"{path}/p", "one", Part("""{"tags":["a"],"flags":["x","y"],"ports":[{"name":"p","port":1}],"options":{"a":"1"},"whole":{"k":"v"},"free":{"a":1}}"""), 201);
        Assert.Equal(
            """{"f:spec":{"f:flags":{"v:\"x\"":{},"v:\"y\"":{}},"f:free":{"f:a":{}},"f:options":{"f:a":{}},"f:ports":{"k:{\"name\":\"p\"}":{".":{},"f:name":{},"f:port":{}}},"f:tags":{},"f:whole":{}}}""",
            Owned(created, "one"));
        var both = await ApplyAsync($"{path}/p", "two", Part("""{"flags":["z"],"ports":[{"name":"q","port":2}],"options":{"b":"1"}}"""));
        Assert.Equal("""["x","y","z"] [{"name":"p","port":1},{"name":"q","port":2}] {"a":"1","b":"1"}""", $"{both["spec"]!["flags"]!.ToJsonString()} {both["spec"]!["ports"]!.ToJsonString()} {both["spec"]!["options"]!.ToJsonString()}");
        var status = await ApplyAsync($"{path}/p", "two", Part("""{"tags":["b"],"ports":[{"name":"p","port":3}],"whole":{"z":"1"}}"""), 409);
        Assert.Equal("Apply failed with 3 conflicts: conflicts with \"one\":\n- .spec.tags\n- .spec.whole\n- .spec.ports[name=\"p\"].port", Text(status["message"]));
        var left = await ApplyAsync($"{path}/p", "two", Part("""{"flags":["z","x"]}"""));
        Assert.Equal("""["x","y"] [{"name":"p","port":1}] {"a":"1"}""".Replace("[\"x\",\"y\"]", left["spec"]!["flags"]!.ToJsonString(), StringComparison.Ordinal), $"{left["spec"]!["flags"]!.ToJsonString()} {left["spec"]!["ports"]!.ToJsonString()} {left["spec"]!["options"]!.ToJsonString()}");
    }

    [Theory]
    [InlineData("""{"nope":1}""", ".spec.nope: field not declared in schema")]
    [InlineData("""{"size":"x","tags":[1]}""", "errors:\n  .spec.size: expected numeric (int or float), got *value.valueUnstructured\n  .spec.tags[0]: expected string, got &value.valueUnstructured{Value:1}")]
    [InlineData("""{"ports":[{"port":1}]}""", ".spec.ports: element 0: associative list with keys has an element that omits key field \"name\" (and doesn't have default value)")]
    public async Task A_custom_object_that_fits_no_schema_cannot_be_applied(string spec, string problem)
    {
        var status = await ApplyAsync($"{await PartsAsync()}/p", "one", Part(spec), 500);
        Assert.Equal(Lines($"failed to create typed patch object: {problem}"), Lines(Text(status["message"])));

        // A real server goes through a map of Go: of two errors either comes first.
        static IEnumerable<string> Lines(string text) => text.Split('\n').Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_custom_object_without_a_schema_is_merged_by_its_fields()
    {
        var path = await GadgetsAsync();
        await ApplyAsync($"{path}/h", "one", Custom("h", """{"size":1,"list":[{"name":"a"}],"map":{"x":1}}"""), 201);
        var both = await ApplyAsync($"{path}/h", "two", Custom("h", """{"map":{"y":2}}"""));
        Assert.Equal("""{"x":1,"y":2}""", both["spec"]!["map"]!.ToJsonString());
        var status = await ApplyAsync($"{path}/h", "two", Custom("h", """{"list":[{"name":"b"}]}"""), 409);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"one\": .spec.list", Text(status["message"]));
    }

    [Fact]
    public async Task A_custom_status_is_applied_apart_from_its_object()
    {
        var path = $"{await PartsAsync()}/p";
        await ApplyAsync(path, "one", Part("""{"size":1}"""), 201);
        var applied = await ApplyAsync($"{path}/status", "controller", """{"apiVersion":"contract.example.com/v1","kind":"Part","metadata":{"name":"p"},"status":{"ok":true}}""");
        Assert.Equal("1 true", $"{applied["spec"]!["size"]} {applied["status"]!["ok"]}");
        Assert.Equal("""{"f:status":{"f:ok":{}}}""", Owned(applied, "controller"));
        Assert.Equal("""{"f:spec":{"f:size":{}}}""", Owned(applied, "one"));
    }

    private static string Part(string spec) => $$"""{"apiVersion":"contract.example.com/v1","kind":"Part","metadata":{"name":"p"},"spec":{{spec}} }""";

    private static string Custom(string name, string spec) =>
        $$"""{"apiVersion":"contract.example.com/v1","kind":"Gadget","metadata":{"name":"{{name}}"},"spec":{{spec}} }""";

    private static string Workload(string containers, string spec = "") => $$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{ {{{spec}}}"selector":{"matchLabels":{"app":"d"}},
         "template":{"metadata":{"labels":{"app":"d"}},"spec":{"containers":[{{{containers}}}] } } } }
        """;

    private async Task<string> DeploymentPathAsync() => $"/apis/apps/v1/namespaces/{await Server.NewNamespaceAsync()}/deployments/d";

    private async Task<string> PartsAsync()
    {
        await Server.DefinePartsAsync();
        return $"/apis/contract.example.com/v1/namespaces/{await Server.NewNamespaceAsync()}/parts";
    }

    private static List<string> ContainersOf(JsonNode deployment) =>
        [.. deployment["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Select(c => Text(c!["name"]))];

    private static List<string> Environment(JsonNode deployment) =>
        [.. deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!.AsArray().Select(e => $"{e!["name"]}={e["value"]}")];

    private static List<string> Ports(JsonNode deployment) =>
        [.. deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["ports"]!.AsArray().Select(p => $"{p!["containerPort"]}{p["protocol"]}")];
}
