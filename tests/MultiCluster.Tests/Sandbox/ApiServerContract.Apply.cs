using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

// Server-side apply: what is created and changed, who owns it, what a conflict says.
public abstract partial class ApiServerContract
{
    [Fact]
    public async Task What_is_applied_is_created()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        var created = await ApplyAsync(path, "one", Map("""{"x":"1"}""", """{"l":"1"}"""), 201);
        Assert.Equal("""{"x":"1"}""", created["data"]!.ToJsonString());
        Assert.Equal("""{"f:data":{"f:x":{}},"f:metadata":{"f:labels":{"f:l":{}}}}""", Owned(created, "one"));
        var entry = Assert.Single(created["metadata"]!["managedFields"]!.AsArray())!;
        Assert.Equal("one Apply v1 FieldsV1", $"{entry["manager"]} {entry["operation"]} {entry["apiVersion"]} {entry["fieldsType"]}");
        Assert.Equal(Text(created["metadata"]!["creationTimestamp"]), Text(entry["time"]));
        Assert.Equal(created.ToJsonString(), (await Admin.GetAsync(path)).ToJsonString());
    }

    [Fact]
    public async Task The_same_applied_again_makes_no_version()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        var created = await ApplyAsync(path, "one", Map("""{"x":"1"}"""), 201);
        Assert.Equal(created.ToJsonString(), (await ApplyAsync(path, "one", Map("""{"x":"1"}"""))).ToJsonString());
    }

    [Fact]
    public async Task A_change_is_applied_and_watched()
    {
        var path = await ConfigMapsAsync();
        var created = await ApplyAsync($"{path}/a", "one", Map("""{"x":"1","y":"1"}"""), 201);
        using var watch = await WatchAsync($"{path}?watch=true&resourceVersion={Version(created)}");
        var changed = await ApplyAsync($"{path}/a", "one", Map("""{"x":"2","y":"1"}"""));
        Assert.NotEqual(Version(created), Version(changed));
        Assert.Equal("2", Text(changed["data"]!["x"]));
        var told = await watch.NextAsync();
        Assert.Equal("MODIFIED a", told.ToString());
        Assert.Equal(Version(changed), told.Version);
    }

    [Fact]
    public async Task What_is_applied_no_more_is_removed()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        await ApplyAsync(path, "one", Map("""{"x":"1","y":"1"}""", """{"l":"1","m":"1"}"""), 201);
        var changed = await ApplyAsync(path, "one", Map("""{"y":"1"}""", """{"l":"1"}"""));
        Assert.Equal("""{"y":"1"}""", changed["data"]!.ToJsonString());
        Assert.Equal("""{"l":"1"}""", changed["metadata"]!["labels"]!.ToJsonString());
        Assert.Equal("""{"f:data":{"f:y":{}},"f:metadata":{"f:labels":{"f:l":{}}}}""", Owned(changed, "one"));
        changed = await ApplyAsync(path, "one", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}""");
        Assert.Null(changed["data"]);
        Assert.Null(changed["metadata"]!["labels"]);
        Assert.Null(changed["metadata"]!["managedFields"]);
    }

    [Fact]
    public async Task Two_who_apply_the_same_value_own_it_together()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        var created = await ApplyAsync(path, "one", Map("""{"x":"1","y":"1"}"""), 201);
        var shared = await ApplyAsync(path, "two", Map("""{"x":"1"}"""));
        Assert.NotEqual(Version(created), Version(shared));
        Assert.Equal("""{"f:data":{"f:x":{}}}""", Owned(shared, "two"));
        var left = await ApplyAsync(path, "one", Map("""{"y":"1"}"""));
        Assert.Equal("""{"x":"1","y":"1"}""", left["data"]!.ToJsonString());
        Assert.Equal("""{"f:data":{"f:y":{}}}""", Owned(left, "one"));
        Assert.Equal("""{"y":"1"}""", (await ApplyAsync(path, "two", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}"""))["data"]!.ToJsonString());
    }

    [Fact]
    public async Task A_conflict_names_the_field_and_who_applied_it()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        await ApplyAsync(path, "one", Map("""{"x":"1"}"""), 201);
        var status = await ApplyAsync(path, "two", Map("""{"x":"2"}"""), 409);
        Assert.Equal("Conflict", Text(status["reason"]));
        Assert.Equal("Apply failed with 1 conflict: conflict with \"one\": .data.x", Text(status["message"]));
        Assert.Equal("""[{"reason":"FieldManagerConflict","message":"conflict with \u0022one\u0022","field":".data.x"}]""", status["details"]!["causes"]!.ToJsonString());
        Assert.Equal("1", Text((await Admin.GetAsync(path))["data"]!["x"]));
    }

    [Fact]
    public async Task Several_conflicts_are_told_by_their_managers()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        await ApplyAsync(path, "one", Map("""{"x":"1"}""", """{"l":"1"}"""), 201);
        await ApplyAsync(path, "two", Map("""{"x":"1"}"""));
        var status = await ApplyAsync(path, "three", Map("""{"x":"2"}""", """{"l":"2"}"""), 409);
        Assert.Equal(
            "Apply failed with 3 conflicts: conflicts with \"one\":\n- .data.x\n- .metadata.labels.l\nconflicts with \"two\":\n- .data.x", Text(status["message"]));
        Assert.Equal(
            ["conflict with \"one\" .data.x", "conflict with \"one\" .metadata.labels.l", "conflict with \"two\" .data.x"],
            status["details"]!["causes"]!.AsArray().Select(c => $"{c!["message"]} {c["field"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_conflict_with_another_writer_names_its_version()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        await ApplyAsync(path, "one", Map("""{"x":"1"}"""), 201);
        await Admin.PatchAsync($"{path}?fieldManager=editor", """{"data":{"x":"3"}}""");
        var status = await ApplyAsync(path, "one", Map("""{"x":"1"}"""), 409);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"editor\" using v1: .data.x", Text(status["message"]).Split(" at ")[0]);
    }

    [Fact]
    public async Task Force_takes_what_others_own()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        await ApplyAsync(path, "one", Map("""{"x":"1","y":"1"}"""), 201);
        var forced = await ApplyAsync($"{path}?force=true", "two", Map("""{"x":"2"}"""));
        Assert.Equal("""{"x":"2","y":"1"}""", forced["data"]!.ToJsonString());
        Assert.Equal("""{"f:data":{"f:x":{}}}""", Owned(forced, "two"));
        Assert.Equal("""{"f:data":{"f:y":{}}}""", Owned(forced, "one"));
    }

    [Fact]
    public async Task A_value_of_ones_own_that_another_changes_is_no_longer_ones_own()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        await ApplyAsync(path, "one", Map("""{"x":"1","y":"1"}"""), 201);
        var patched = await Admin.PatchAsync($"{path}?fieldManager=editor", """{"data":{"x":"3","z":"1"}}""");
        Assert.Equal("""{"f:data":{"f:y":{}}}""", Owned(patched, "one"));
        Assert.Equal("""{"f:data":{"f:x":{},"f:z":{}}}""", Owned(patched, "editor", "Update"));
        patched = await Admin.PatchAsync($"{path}?fieldManager=editor", """{"data":{"y":null}}""");
        Assert.Null(Owned(patched, "one"));
    }

    [Fact]
    public async Task What_another_created_can_be_applied_too()
    {
        var path = await ConfigMapsAsync();
        var created = await Admin.CreateAsync($"{path}?fieldManager=maker", Map("""{"x":"1","y":"1"}""", """{"l":"1"}"""));
        Assert.Equal("""{"f:data":{".":{},"f:x":{},"f:y":{}},"f:metadata":{"f:labels":{".":{},"f:l":{}}}}""", Owned(created, "maker", "Update"));
        var applied = await ApplyAsync($"{path}/a", "one", Map("""{"x":"1","z":"1"}"""));
        Assert.Equal("""{"x":"1","y":"1","z":"1"}""", applied["data"]!.ToJsonString());
        Assert.Equal("""{"f:data":{"f:x":{},"f:z":{}}}""", Owned(applied, "one"));
        applied = await ApplyAsync($"{path}/a", "one", Map("""{"z":"1"}"""));
        Assert.Equal("""{"x":"1","y":"1","z":"1"}""", applied["data"]!.ToJsonString());
    }

    [Fact]
    public async Task A_replacement_owns_what_it_changes()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        var created = await ApplyAsync(path, "one", Map("""{"x":"1","y":"1"}"""), 201);
        created["data"] = new JsonObject { ["x"] = "1", ["y"] = "2" };
        var replaced = await Admin.JsonAsync(HttpMethod.Put, $"{path}?fieldManager=editor", 200, created.ToJsonString());
        Assert.Equal("""{"f:data":{"f:x":{}}}""", Owned(replaced, "one"));
        Assert.Equal("""{"f:data":{"f:y":{}}}""", Owned(replaced, "editor", "Update"));
    }

    [Fact]
    public async Task A_replacement_without_owners_keeps_them_and_an_empty_one_forgets_them()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        await ApplyAsync(path, "one", Map("""{"x":"1"}"""), 201);
        var replaced = await Admin.JsonAsync(HttpMethod.Put, path, 200, Map("""{"x":"1"}"""));
        Assert.Equal("""{"f:data":{"f:x":{}}}""", Owned(replaced, "one"));
        replaced["metadata"]!["managedFields"] = new JsonArray(new JsonObject());
        replaced = await Admin.JsonAsync(HttpMethod.Put, path, 200, replaced.ToJsonString());
        Assert.Null(replaced["metadata"]!["managedFields"]);
    }

    [Fact]
    public async Task What_nobody_owns_is_owned_before_it_is_first_applied()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        var created = await ApplyAsync(path, "one", Map("""{"x":"1","y":"1"}"""), 201);
        created["metadata"]!["managedFields"] = new JsonArray(new JsonObject());
        await Admin.JsonAsync(HttpMethod.Put, path, 200, created.ToJsonString());
        var applied = await ApplyAsync(path, "one", Map("""{"x":"1"}"""));
        Assert.Equal("""{"f:data":{".":{},"f:x":{},"f:y":{}}}""", Owned(applied, "before-first-apply", "Update"));
        Assert.Equal("""{"x":"1","y":"1"}""", applied["data"]!.ToJsonString());
        var status = await ApplyAsync(path, "one", Map("""{"x":"2"}"""), 409);
        Assert.StartsWith("Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1", Text(status["message"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_of_an_apply_shows_and_stores_nothing()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        var shown = await ApplyAsync($"{path}?dryRun=All", "one", Map("""{"x":"1"}"""), 201);
        Assert.NotEmpty(Text(shown["metadata"]!["uid"]));
        Assert.Null(shown["metadata"]!["resourceVersion"]);
        Assert.NotNull(Owned(shown, "one"));
        await Admin.FailAsync(404, path);
        var created = await ApplyAsync(path, "one", Map("""{"x":"1"}"""), 201);
        shown = await ApplyAsync($"{path}?dryRun=All", "one", Map("""{"x":"2"}"""));
        Assert.Equal("2", Text(shown["data"]!["x"]));
        Assert.Equal(Version(created), Version(shown));
        Assert.Equal("1", Text((await Admin.GetAsync(path))["data"]!["x"]));
        await ApplyAsync($"{path}?dryRun=All", "two", Map("""{"x":"2"}"""), 409);
    }

    [Theory]
    [InlineData("", "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch", "FieldValueRequired")]
    [InlineData("?fieldManager=a%0ab", "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Invalid value: \"a\\nb\": invalid character U+000A (at position 1)", "FieldValueInvalid")]
    public async Task An_apply_says_who_applies(string query, string message, string reason)
    {
        var status = await Admin.JsonAsync(HttpMethod.Patch, $"{await ConfigMapsAsync()}/a{query}", 422, Map("{}"), contentType: ApplyType);
        Assert.Equal(message, Text(status["message"]));
        Assert.Equal($"{reason} fieldManager", $"{status["details"]!["causes"]![0]!["reason"]} {status["details"]!["causes"]![0]!["field"]}");
    }

    [Fact]
    public async Task Force_is_for_applies_alone()
    {
        var status = await Admin.PatchAsync($"{await ConfigMapsAsync("a")}/a?force=true", "{}", status: 422);
        Assert.Equal("PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch", Text(status["message"]));
    }

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}""", "the name of the object (b) does not match the name on the URL (a)")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"b"}}""", "the namespace of the object (b) does not match the namespace on the request ({0})")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","managedFields":[{}]}}""", "metadata.managedFields must be nil")]
    [InlineData("""{"apiVersion":"v2","kind":"ConfigMap","metadata":{"name":"a"}}""", "Incorrect version specified in apply patch. Specified patch version: v2, expected: v1")]
    [InlineData("""{"kind":"ConfigMap","metadata":{"name":"a"}}""", "Incorrect version specified in apply patch. Specified patch version: , expected: v1")]
    public async Task An_apply_is_of_the_object_of_its_path(string body, string message)
    {
        var path = await ConfigMapsAsync();
        var status = await ApplyAsync($"{path}/a", "one", body, 400);
        Assert.Equal(string.Format(Culture, message, path.Split('/')[4]), Text(status["message"]));
    }

    [Fact]
    public async Task An_apply_can_be_of_one_version_or_uid_only()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        var body = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","VALUE"},"data":{"x":"2"}}""";
        var status = await ApplyAsync(path, "one", body.Replace("VALUE\"", "uid\":\"x\"", StringComparison.Ordinal), 409);
        Assert.Equal(
            "Operation cannot be fulfilled on configmaps \"a\": uid mismatch: the provided object specified uid x, and no existing object was found", Text(status["message"]));
        var created = await ApplyAsync(path, "one", Map("""{"x":"1"}"""), 201);
        status = await ApplyAsync(path, "one", body.Replace("VALUE\"", "uid\":\"x\"", StringComparison.Ordinal), 422);
        Assert.Equal("metadata.uid", Text(status["details"]!["causes"]![0]!["field"]));
        status = await ApplyAsync(path, "one", body.Replace("VALUE\"", "resourceVersion\":\"1\"", StringComparison.Ordinal), 409);
        Assert.EndsWith("please apply your changes to the latest version and try again", Text(status["message"]), StringComparison.Ordinal);
        var changed = await ApplyAsync(path, "one", body.Replace("VALUE\"", $"resourceVersion\":\"{Version(created)}\"", StringComparison.Ordinal));
        Assert.Equal("2", Text(changed["data"]!["x"]));
    }

    [Fact]
    public async Task An_apply_to_a_missing_namespace_is_a_404() =>
        Assert.Equal("namespaces \"nope\" not found", Text((await ApplyAsync("/api/v1/namespaces/nope/configmaps/a", "one", Map("{}"), 404))["message"]));

    [Fact]
    public async Task An_apply_to_the_status_of_what_is_missing_is_a_404()
    {
        var path = $"/apis/apps/v1/namespaces/{await Server.NewNamespaceAsync()}/deployments/d";
        var status = await ApplyAsync($"{path}/status", "one", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"status":{"replicas":1}}""", 404);
        Assert.Equal("deployments.apps \"d\" not found", Text(status["message"]));
    }

    [Theory]
    [InlineData("\"foo\":1", ".foo: field not declared in schema")]
    [InlineData("\"data\":{\"x\":1}", ".data.x: expected string, got &value.valueUnstructured{Value:1}")]
    [InlineData("\"data\":[\"x\"]", ".data: expected map, got &{[x]}")]
    public async Task What_no_schema_has_cannot_be_applied(string field, string problem)
    {
        var status = await ApplyAsync($"{await ConfigMapsAsync("a")}/a", "one", $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},{{{field}}}}""", 500);
        Assert.Equal($"failed to create typed patch object: {problem}", Text(status["message"]));
    }

    private const string ApplyType = "application/apply-patch+yaml";

    private Task<JsonNode> ApplyAsync(string path, string manager, string body, int status = 200) =>
        Admin.JsonAsync(HttpMethod.Patch, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}fieldManager={manager}", status, body, contentType: ApplyType);

    /// <summary>The fields that a manager owns; null when it owns none.</summary>
    private static string? Owned(JsonNode item, string manager, string operation = "Apply") =>
        (item["metadata"]!["managedFields"] as JsonArray)?.SingleOrDefault(e => Text(e!["manager"]) == manager && Text(e["operation"]) == operation)?["fieldsV1"]!.ToJsonString(Plain);

    private static System.Text.Json.JsonSerializerOptions Plain { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Map(string data, string? labels = null) =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"{{{(labels is null ? "" : $",\"labels\":{labels}")}}}},"data":{{{data}}}}""";
}
