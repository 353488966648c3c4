using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

// PATCH: its types, its conditions, what it leaves alone.
public abstract partial class ApiServerContract
{
    [Fact]
    public async Task A_merge_patch_changes_what_it_names()
    {
        var path = await ConfigMapsAsync("a");
        using var watch = await WatchAsync($"{path}?watch=true&resourceVersion={await VersionAsync(path)}");
        var before = await Admin.GetAsync($"{path}/a");
        var after = await Admin.PatchAsync($"{path}/a", """{"metadata":{"labels":{"t":"1"},"annotations":{"note":"n"}},"data":{"y":"2"}}""");
        Assert.NotEqual(Version(before), Version(after));
        Assert.Equal("""{"x":"1","y":"2"}""", after["data"]!.ToJsonString());
        Assert.Equal("n", Text(after["metadata"]!["annotations"]!["note"]));
        var changed = await watch.NextAsync();
        Assert.Equal("MODIFIED a", changed.ToString());
        Assert.Equal(Version(after), changed.Version);
        after = await Admin.PatchAsync($"{path}/a", """{"metadata":{"labels":null,"annotations":{"note":null}},"data":{"x":null}}""");
        Assert.Equal("""{"y":"2"}""", after["data"]!.ToJsonString());
        Assert.Null(after["metadata"]!["labels"]);
        Assert.Null(after["metadata"]!["annotations"]);
    }

    [Theory]
    [InlineData("""{"data":{"x":"1"}}""")]
    [InlineData("{}")]
    [InlineData("""{"metadata":{"creationTimestamp":null,"labels":null,"finalizers":[]}}""")]
    public async Task A_patch_that_changes_nothing_makes_no_version(string patch)
    {
        var path = await ConfigMapsAsync("a");
        var before = await Admin.GetAsync($"{path}/a");
        Assert.Equal(Version(before), Version(await Admin.PatchAsync($"{path}/a", patch)));
        Assert.Equal(Version(before), Version(await Admin.PatchAsync($"{path}/a", patch, "strategic-merge")));
    }

    [Theory]
    [InlineData("merge", """{"data":{"x":"2"}}""")]
    [InlineData("strategic-merge", """{"data":{"x":"2"}}""")]
    [InlineData("json", """[{"op":"replace","path":"/data/x","value":"2"}]""")]
    public async Task A_dry_run_of_a_patch_shows_and_stores_nothing(string type, string patch)
    {
        var path = await ConfigMapsAsync("a");
        var before = await Admin.GetAsync($"{path}/a");
        var shown = await Admin.PatchAsync($"{path}/a?dryRun=All&fieldManager=tests", patch, type);
        Assert.Equal("2", Text(shown["data"]!["x"]));
        Assert.Equal(Version(before), Version(shown));
        Assert.Equal(before.ToJsonString(), (await Admin.GetAsync($"{path}/a")).ToJsonString());
    }

    [Fact]
    public async Task An_unknown_dry_run_is_a_422()
    {
        var path = await ConfigMapsAsync("a");
        var status = await Admin.PatchAsync($"{path}/a?dryRun=Some", "{}", status: 422);
        Assert.Equal("PatchOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: []string{\"Some\"}: supported values: \"All\"", Text(status["message"]));
    }

    [Fact]
    public async Task A_patch_can_be_of_one_version_only()
    {
        var path = await ConfigMapsAsync("a");
        var version = Version(await Admin.GetAsync($"{path}/a"));
        var after = await Admin.PatchAsync($"{path}/a", $$$"""{"metadata":{"resourceVersion":"{{{version}}}"},"data":{"x":"2"}}""");
        Assert.NotEqual(version, Version(after));
        var status = await Admin.PatchAsync($"{path}/a", $$$"""{"metadata":{"resourceVersion":"{{{version}}}"},"data":{"x":"3"}}""", status: 409);
        Assert.Equal(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again",
            Text(status["message"]));
    }

    [Fact]
    public async Task A_patch_cannot_be_of_another_uid()
    {
        var path = await ConfigMapsAsync("a");
        var status = await Admin.PatchAsync($"{path}/a", """{"metadata":{"uid":"00000000-0000-4000-8000-000000000000"}}""", status: 422);
        Assert.Equal("ConfigMap \"a\" is invalid: metadata.uid: Invalid value: \"00000000-0000-4000-8000-000000000000\": field is immutable", Text(status["message"]));
        Assert.Equal("metadata.uid", Text(status["details"]!["causes"]![0]!["field"]));
    }

    [Fact]
    public async Task A_replacement_cannot_be_of_another_uid()
    {
        var path = await ConfigMapsAsync("a");
        var there = await Admin.GetAsync($"{path}/a");
        var uid = Text(there["metadata"]!["uid"]);
        there["metadata"]!["uid"] = "x";
        var status = await Admin.JsonAsync(HttpMethod.Put, $"{path}/a", 409, there.ToJsonString());
        Assert.Equal(
            $"Operation cannot be fulfilled on configmaps \"a\": StorageError: invalid object, Code: 4, Key: /registry/configmaps/{path.Split('/')[4]}/a, "
            + $"ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: x, UID in object meta: {uid}",
            Text(status["message"]));
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"b"}}""", "the name of the object (b) does not match the name on the URL (a)")]
    [InlineData("""{"metadata":{"namespace":"b"}}""", "the namespace of the object (b) does not match the namespace on the request ({0})")]
    public async Task A_patch_cannot_rename(string patch, string message)
    {
        var path = await ConfigMapsAsync("a");
        var status = await Admin.PatchAsync($"{path}/a", patch, status: 400);
        Assert.Equal(string.Format(Culture, message, path.Split('/')[4]), Text(status["message"]));
    }

    [Fact]
    public async Task A_patch_of_what_is_missing_is_a_404()
    {
        var path = await ConfigMapsAsync();
        Assert.Equal("configmaps \"a\" not found", Text((await Admin.PatchAsync($"{path}/a", "{}", status: 404))["message"]));
    }

    [Fact]
    public async Task A_body_that_is_no_patch_is_a_415()
    {
        var path = await ConfigMapsAsync("a");
        var status = await Admin.JsonAsync(HttpMethod.Patch, $"{path}/a", 415, "{}");
        Assert.Equal("UnsupportedMediaType", Text(status["reason"]));
    }

    [Fact]
    public async Task A_custom_object_takes_no_strategic_patch()
    {
        var path = await GadgetsAsync();
        await Admin.PatchAsync($"{path}/g", """{"spec":{"size":4}}""", "strategic-merge", 415);
        var patched = await Admin.PatchAsync($"{path}/g", """{"spec":{"size":4,"color":null}}""");
        Assert.Equal("4", Text(patched["spec"]!["size"]));
        Assert.Null(patched["spec"]!["color"]);
        Assert.Equal("2", Text(patched["metadata"]!["generation"]));
    }

    [Fact]
    public async Task A_json_patch_does_one_thing_after_the_other()
    {
        var path = await ConfigMapsAsync("a");
        var patched = await Admin.PatchAsync(
            $"{path}/a",
            """
            [ { "op": "test", "path": "/data/x", "value": "1" }, { "op": "add", "path": "/metadata/annotations", "value": { "example.com/c": "1" } },
              { "op": "replace", "path": "/metadata/annotations/example.com~1c", "value": "2" }, { "op": "copy", "from": "/data/x", "path": "/data/y" },
              { "op": "move", "from": "/data/x", "path": "/data/z" }, { "op": "add", "path": "/metadata/finalizers", "value": [ "example.com/b" ] },
              { "op": "add", "path": "/metadata/finalizers/0", "value": "example.com/a" }, { "op": "add", "path": "/metadata/finalizers/-", "value": "example.com/d" },
              { "op": "remove", "path": "/metadata/finalizers/1" } ]
            """,
            "json");
        Assert.Equal("""{"y":"1","z":"1"}""", patched["data"]!.ToJsonString());
        Assert.Equal("2", Text(patched["metadata"]!["annotations"]!["example.com/c"]));
        Assert.Equal(["example.com/a", "example.com/d"], patched["metadata"]!["finalizers"]!.AsArray().Select(Text));
    }

    [Theory]
    [InlineData("""[{"op":"test","path":"/data/x","value":"9"}]""")]
    [InlineData("""[{"op":"test","path":"/data/none","value":"9"}]""")]
    [InlineData("""[{"op":"remove","path":"/data/none"}]""")]
    [InlineData("""[{"op":"add","path":"/none/deep","value":"1"}]""")]
    [InlineData("""[{"op":"hop","path":"/data/x"}]""")]
    public async Task A_json_patch_that_does_not_apply_is_a_422(string patch)
    {
        var path = await ConfigMapsAsync("a");
        var status = await Admin.PatchAsync($"{path}/a", patch, "json", 422);
        Assert.Equal("the server rejected our request due to an error in our request", Text(status["message"]));
        Assert.Equal("Invalid", Text(status["reason"]));
    }

    [Fact]
    public async Task A_strategic_patch_merges_finalizers_and_can_take_them_out()
    {
        var path = $"{await ConfigMapsAsync("a")}/a";
        await Admin.PatchAsync(path, """{"metadata":{"finalizers":["example.com/one"]}}""", "strategic-merge");
        Assert.Equal(["example.com/two", "example.com/one"], Finalizers(await Admin.PatchAsync(path, """{"metadata":{"finalizers":["example.com/two"]}}""", "strategic-merge")));
        Assert.Equal(["example.com/one"], Finalizers(await Admin.PatchAsync(path, """{"metadata":{"$deleteFromPrimitiveList/finalizers":["example.com/two"]}}""", "strategic-merge")));
        Assert.Equal(["example.com/three"], Finalizers(await Admin.PatchAsync(path, """{"metadata":{"finalizers":["example.com/three"]}}""")));
    }

    [Fact]
    public async Task A_node_is_cordoned_and_uncordoned()
    {
        var path = await NodeAsync();
        var cordoned = await Admin.PatchAsync(path, """{"spec":{"unschedulable":true}}""", "strategic-merge");
        Assert.Equal("true", Text(cordoned["spec"]!["unschedulable"]));
        Assert.Null((await Admin.PatchAsync(path, """{"spec":{"unschedulable":null}}""", "strategic-merge"))["spec"]!["unschedulable"]);
        await Admin.PatchAsync(path, """{"spec":{"unschedulable":true}}""");
        Assert.Null((await Admin.PatchAsync(path, """{"spec":{"unschedulable":false}}"""))["spec"]!["unschedulable"]);
    }

    [Fact]
    public async Task A_strategic_patch_replaces_taints()
    {
        var path = await NodeAsync();
        await Admin.PatchAsync(path, """{"spec":{"taints":[{"key":"a","effect":"NoSchedule"},{"key":"b","effect":"NoExecute"}]}}""", "strategic-merge");
        var patched = await Admin.PatchAsync(path, """{"spec":{"taints":[{"key":"c","value":"v","effect":"NoSchedule"}]}}""", "strategic-merge");
        Assert.Equal(["c"], patched["spec"]!["taints"]!.AsArray().Select(t => Text(t!["key"])));
        Assert.Null((await Admin.PatchAsync(path, """{"spec":{"taints":[]}}"""))["spec"]!["taints"]);
    }

    [Fact]
    public async Task A_status_is_patched_apart_from_its_object()
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/pods";
        await Admin.CreateAsync(path, Pod("p"));
        var ignored = await Admin.PatchAsync($"{path}/p", """{"status":{"phase":"Running"}}""");
        Assert.Equal("Pending", Text(ignored["status"]!["phase"]));
        var patched = await Admin.PatchAsync($"{path}/p/status", """{"metadata":{"labels":{"new":"1"}},"spec":{"nodeName":"other"},"status":{"phase":"Running"}}""");
        Assert.Equal("Running", Text(patched["status"]!["phase"]));
        Assert.Equal("node", Text(patched["spec"]!["nodeName"]));
        Assert.Equal("1", Text(patched["metadata"]!["labels"]!["new"]));
        Assert.Equal(Version(patched), Version(await Admin.GetAsync($"{path}/p/status")));
        patched = await Admin.PatchAsync($"{path}/p/status", """{"status":{"conditions":[{"type":"Ready","status":"False"},{"type":"Other","status":"True"}]}}""", "strategic-merge");
        patched = await Admin.PatchAsync($"{path}/p/status", """{"status":{"conditions":[{"type":"Ready","status":"True"}]}}""", "strategic-merge");
        Assert.Equal(["Ready True", "Other True"], patched["status"]!["conditions"]!.AsArray().Select(c => $"{c!["type"]} {c["status"]}"));
        await Admin.DeleteAsync($"{path}/p?gracePeriodSeconds=0");
    }

    [Fact]
    public async Task A_workload_is_scaled_and_counts_its_generations()
    {
        var path = $"/apis/apps/v1/namespaces/{await Server.NewNamespaceAsync()}/deployments";
        var created = await Admin.CreateAsync(path, Deployment("d"));
        Assert.Equal("1", Text(created["metadata"]!["generation"]));
        var scale = await Admin.GetAsync($"{path}/d/scale");
        Assert.Equal("Scale autoscaling/v1 1 app=d", $"{scale["kind"]} {scale["apiVersion"]} {scale["spec"]!["replicas"]} {scale["status"]!["selector"]}");
        scale = await Admin.PatchAsync($"{path}/d/scale", """{"spec":{"replicas":3}}""");
        Assert.Equal("3", Text(scale["spec"]!["replicas"]));
        scale["spec"]!["replicas"] = 0;
        scale = await Admin.JsonAsync(HttpMethod.Put, $"{path}/d/scale", 200, scale.ToJsonString());
        Assert.Empty(scale["spec"]!.AsObject());
        Assert.Equal("deployments.apps \"none\" not found", Text((await Admin.PatchAsync($"{path}/none/scale", "{}", status: 404))["message"]));
        var scaled = await Admin.GetAsync($"{path}/d");
        Assert.Equal("0", Text(scaled["spec"]!["replicas"]));
        Assert.Equal("3", Text(scaled["metadata"]!["generation"]));
        Assert.Equal("3", Text((await Admin.PatchAsync($"{path}/d", """{"metadata":{"labels":{"l":"1"},"generation":99}}"""))["metadata"]!["generation"]));
    }

    [Theory]
    [InlineData("GET", "eviction", 405)]
    [InlineData("DELETE", "status", 405)]
    [InlineData("GET", "none", 404)]
    public async Task A_subresource_has_its_own_verbs(string method, string subresource, int status)
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/pods/p/{subresource}";
        await Admin.JsonAsync(new HttpMethod(method), path, status);
    }

    private static string Version(JsonNode item) => Text(item["metadata"]!["resourceVersion"]);

    private static List<string> Finalizers(JsonNode item) => [.. item["metadata"]!["finalizers"]!.AsArray().Select(Text)];

    private static string Pod(string name, string node = "node", string labels = """{"app":"x"}""") => $$$"""
        { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "{{{name}}}", "labels": {{{labels}}} },
          "spec": { {{{(node.Length == 0 ? "" : $"\"nodeName\": \"{node}\",")}}} "containers": [ { "name": "c", "image": "i" } ] } }
        """;

    private static string Deployment(string name) => $$$"""
        { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "{{{name}}}" },
          "spec": { "replicas": 1, "selector": { "matchLabels": { "app": "{{{name}}}" } },
            "template": { "metadata": { "labels": { "app": "{{{name}}}" } }, "spec": { "containers": [ { "name": "c", "image": "i" } ] } } } }
        """;

    private async Task<string> NodeAsync()
    {
        var name = $"node-{Guid.NewGuid():n}";
        await Admin.CreateAsync("/api/v1/nodes", $$$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{{name}}}"},"spec":{}}""");
        return $"/api/v1/nodes/{name}";
    }
}
