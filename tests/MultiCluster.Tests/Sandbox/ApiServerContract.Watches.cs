using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

// Watches: where they begin, what an event is, how they end.
public abstract partial class ApiServerContract
{
    // With a controller manager, a namespace holds a ConfigMap of its own.
    private const string Ours = "fieldSelector=metadata.name!%3Dkube-root-ca.crt";

    private const string Metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    [Theory]
    [InlineData("")]
    [InlineData("&resourceVersion=")]
    [InlineData("&resourceVersion=0")]
    public async Task A_watch_without_a_version_begins_with_what_there_is(string version)
    {
        var path = await ConfigMapsAsync("a", "b");
        using var watch = await WatchAsync($"{path}?watch=true{version}&{Ours}");
        Assert.Equal(["ADDED a", "ADDED b"], (await watch.TakeAsync(2)).Order());
        await Admin.CreateAsync(path, ConfigMap("c"));
        Assert.Equal("ADDED c", (await watch.NextAsync()).ToString());
    }

    [Fact]
    public async Task A_watch_from_a_version_tells_what_came_later()
    {
        var path = await ConfigMapsAsync("a");
        var version = await VersionAsync(path);
        await Admin.CreateAsync(path, ConfigMap("b"));
        using var watch = await WatchAsync($"{path}?watch=true&resourceVersion={version}&{Ours}");
        Assert.Equal("ADDED b", (await watch.NextAsync()).ToString());
    }

    [Fact]
    public async Task An_event_has_its_object_whole_on_one_line()
    {
        var path = await ConfigMapsAsync();
        using var watch = await WatchAsync($"{path}?watch=true&resourceVersion={await VersionAsync(path)}");
        var created = await Admin.CreateAsync(path, ConfigMap("a"));
        Assert.Equal("application/json", watch.Response.Content.Headers.ContentType!.MediaType);
        var line = (await watch.LineAsync())!;
        Assert.StartsWith("""{"type":"ADDED","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a",""", line, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(created, WatchLine.Parse(line).Object));
    }

    [Fact]
    public async Task A_deleted_object_has_its_last_state_and_the_version_of_its_deletion()
    {
        var path = await ConfigMapsAsync("a");
        var version = await VersionAsync(path);
        var last = await Admin.GetAsync($"{path}/a");
        using var watch = await WatchAsync($"{path}?watch=true&resourceVersion={version}");
        await Admin.JsonAsync(HttpMethod.Delete, $"{path}/a", 200);
        var deleted = await watch.NextAsync();
        Assert.Equal("DELETED a", deleted.ToString());
        Assert.True(long.Parse(deleted.Version, Culture) > long.Parse(version, Culture));
        last["metadata"]!["resourceVersion"] = deleted.Version;
        Assert.True(JsonNode.DeepEquals(last, deleted.Object));
    }

    [Fact]
    public async Task What_begins_or_ceases_to_match_labels_is_added_or_deleted()
    {
        var path = await ConfigMapsAsync();
        using var watch = await WatchAsync($"{path}?watch=true&labelSelector=t%3D1&resourceVersion={await VersionAsync(path)}");
        await Admin.CreateAsync(path, ConfigMap("other"));
        await Admin.CreateAsync(path, ConfigMap("a", """{"t":"1"}"""));
        await Admin.JsonAsync(HttpMethod.Put, $"{path}/a", 200, ConfigMap("a", """{"t":"1","u":"1"}"""));
        var left = await Admin.JsonAsync(HttpMethod.Put, $"{path}/a", 200, ConfigMap("a", """{"t":"2"}"""));
        await Admin.JsonAsync(HttpMethod.Put, $"{path}/a", 200, ConfigMap("a", """{"t":"3"}"""));
        await Admin.JsonAsync(HttpMethod.Put, $"{path}/a", 200, ConfigMap("a", """{"t":"1"}"""));
        await Admin.JsonAsync(HttpMethod.Delete, $"{path}/a", 200);
        Assert.Equal(["ADDED a", "MODIFIED a"], await watch.TakeAsync(2));
        var gone = await watch.NextAsync();
        Assert.Equal("DELETED a", gone.ToString());
        Assert.Equal("1", Text(gone.Metadata!["labels"]!["t"]));
        Assert.Equal(Text(left["metadata"]!["resourceVersion"]), gone.Version);
        Assert.Equal(["ADDED a", "DELETED a"], await watch.TakeAsync(2));
    }

    [Fact]
    public async Task One_name_can_be_watched()
    {
        var path = await ConfigMapsAsync("a", "b");
        using var watch = await WatchAsync($"{path}?watch=true&fieldSelector=metadata.name%3Db");
        Assert.Equal("ADDED b", (await watch.NextAsync()).ToString());
        await Admin.JsonAsync(HttpMethod.Delete, $"{path}/a", 200);
        await Admin.JsonAsync(HttpMethod.Delete, $"{path}/b", 200);
        Assert.Equal("DELETED b", (await watch.NextAsync()).ToString());
    }

    [Fact]
    public async Task What_ceases_to_match_fields_is_deleted()
    {
        var ns = await Server.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{ns}/events";
        await Admin.CreateAsync(path, CoreEvent(ns, "e", "Warning"));
        using var watch = await WatchAsync($"{path}?watch=true&fieldSelector=type%3DWarning");
        Assert.Equal("ADDED e", (await watch.NextAsync()).ToString());
        await Admin.JsonAsync(HttpMethod.Put, $"{path}/e", 200, CoreEvent(ns, "e", "Normal"));
        var gone = await watch.NextAsync();
        Assert.Equal("DELETED e", gone.ToString());
        Assert.Equal("Warning", Text(gone.Object["type"]));
    }

    [Fact]
    public async Task All_namespaces_are_watched_together()
    {
        var path = await ConfigMapsAsync();
        using var watch = await WatchAsync($"/api/v1/configmaps?watch=true&labelSelector=all%3Done&resourceVersion={await VersionAsync(path)}");
        foreach (var ns in new[] { await Server.NewNamespaceAsync(), await Server.NewNamespaceAsync() })
        {
            await Admin.CreateAsync($"/api/v1/namespaces/{ns}/configmaps", ConfigMap("a", """{"all":"one"}"""));
            Assert.Equal(ns, Text((await watch.NextAsync()).Metadata!["namespace"]));
        }
    }

    [Fact]
    public async Task A_watch_ends_cleanly_when_its_time_is_up()
    {
        var path = await ConfigMapsAsync("a");
        using var watch = await WatchAsync($"{path}?watch=true&timeoutSeconds=1&{Ours}");
        Assert.Equal(["ADDED a"], (await watch.RestAsync()).Select(line => line.ToString()));
    }

    [Fact]
    public async Task A_bookmark_comes_before_the_end_with_nothing_but_a_version()
    {
        var path = await ConfigMapsAsync("a");
        using var watch = await WatchAsync($"{path}?watch=true&timeoutSeconds=6&allowWatchBookmarks=true&resourceVersion={await VersionAsync(path)}");
        var created = await Admin.CreateAsync(path, ConfigMap("b"));
        var rest = await watch.RestAsync();
        Assert.Equal("ADDED b", rest[0].ToString());
        var bookmark = rest[^1];
        Assert.Equal("BOOKMARK ", bookmark.ToString());
        Assert.Equal(["kind", "apiVersion", "metadata"], bookmark.Object.Select(p => p.Key));
        Assert.Equal("ConfigMap", Text(bookmark.Object["kind"]));
        Assert.Equal(["resourceVersion", "creationTimestamp"], bookmark.Metadata!.Select(p => p.Key));
        Assert.True(long.Parse(bookmark.Version, Culture) >= long.Parse(Text(created["metadata"]!["resourceVersion"]), Culture));
    }

    [Fact]
    public async Task A_watch_to_which_nothing_happens_has_no_bookmark()
    {
        var path = await ConfigMapsAsync("a");
        using var watch = await WatchAsync($"{path}?watch=true&timeoutSeconds=4&allowWatchBookmarks=true&resourceVersion={await VersionAsync(path)}");
        Assert.Empty(await watch.RestAsync());
    }

    [Fact]
    public async Task A_bookmark_of_a_table_is_a_row_without_a_name()
    {
        var path = await ConfigMapsAsync();
        using var watch = await WatchAsync($"{path}?watch=true&timeoutSeconds=6&allowWatchBookmarks=true&resourceVersion={await VersionAsync(path)}", Table);
        await Admin.CreateAsync(path, ConfigMap("a"));
        var bookmark = await watch.BookmarkAsync();
        Assert.NotEmpty(bookmark.Version);
        Assert.Equal("", Text(bookmark.Object["rows"]![0]!["cells"]![0]));
        Assert.Equal(bookmark.Version, Text(bookmark.Object["rows"]![0]!["object"]!["metadata"]!["resourceVersion"]));
    }

    [Fact]
    public async Task A_table_watch_defines_its_columns_once()
    {
        var path = await ConfigMapsAsync();
        using var watch = await WatchAsync($"{path}?watch=true&resourceVersion={await VersionAsync(path)}", Table);
        await Admin.CreateAsync(path, ConfigMap("a"));
        await Admin.JsonAsync(HttpMethod.Delete, $"{path}/a", 200);
        var (added, deleted) = (await watch.NextAsync(), await watch.NextAsync());
        Assert.Equal(["ADDED", "DELETED"], new[] { added.Type, deleted.Type });
        Assert.Equal(["kind", "apiVersion", "metadata", "columnDefinitions", "rows"], deleted.Object.Select(p => p.Key));
        Assert.Equal("Name", Text(added.Object["columnDefinitions"]![0]!["name"]));
        Assert.Null(deleted.Object["columnDefinitions"]);
        var row = Assert.Single(deleted.Object["rows"]!.AsArray())!;
        Assert.Equal("a", Text(row["cells"]![0]));
        Assert.Equal("PartialObjectMetadata", Text(row["object"]!["kind"]));
        Assert.Equal(deleted.Version, Text(row["object"]!["metadata"]!["resourceVersion"]));
    }

    [Fact]
    public async Task A_metadata_watch_has_nothing_else()
    {
        var path = await ConfigMapsAsync();
        using var watch = await WatchAsync($"{path}?watch=true&resourceVersion={await VersionAsync(path)}", Metadata);
        await Admin.CreateAsync(path, ConfigMap("a"));
        var added = await watch.NextAsync();
        Assert.Equal("PartialObjectMetadata", Text(added.Object["kind"]));
        Assert.Equal("a", added.Name);
        Assert.Equal(["kind", "apiVersion", "metadata"], added.Object.Select(p => p.Key));
    }

    [Fact]
    public async Task A_watch_from_a_forgotten_version_is_an_error_event()
    {
        // Of all kinds, a server of that age keeps no watch cache of events: so they show what etcd has forgotten.
        var ns = await Server.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{ns}/events";
        await Admin.CreateAsync(path, CoreEvent(ns, "e", "Normal"));
        var list = await Admin.GetAsync($"{path}?limit=1");
        await Admin.CreateAsync(path, CoreEvent(ns, "f", "Normal"));
        var first = await Admin.GetAsync($"{path}?limit=1");
        await Server.ForgetOldVersionsAsync($"{path}?limit=1&continue={Text(first["metadata"]!["continue"])}");

        using var watch = await WatchAsync($"{path}?watch=true&resourceVersion={Text(list["metadata"]!["resourceVersion"])}");
        var error = Assert.Single(await watch.RestAsync());
        Assert.Equal("ERROR", error.Type);
        Assert.Equal("Status", Text(error.Object["kind"]));
        Assert.Equal("Failure", Text(error.Object["status"]));
        Assert.Equal("Expired", Text(error.Object["reason"]));
        Assert.Equal(410, error.Object["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_watch_from_a_future_version_is_silent()
    {
        var path = await ConfigMapsAsync("a");
        using var watch = await WatchAsync($"{path}?watch=true&timeoutSeconds=1&resourceVersion=999999999");
        Assert.Empty(await watch.RestAsync());
    }

    [Fact]
    public async Task A_list_of_a_future_version_is_a_504()
    {
        var path = await ConfigMapsAsync("a");
        var status = await Admin.FailAsync(504, $"{path}?resourceVersion=999999999");
        Assert.Equal("Timeout", Text(status["reason"]));
        Assert.StartsWith("Timeout: Too large resource version: 999999999, current: ", Text(status["message"]), StringComparison.Ordinal);
        Assert.Equal("ResourceVersionTooLarge", Text(status["details"]!["causes"]![0]!["reason"]));
    }

    [Theory]
    [InlineData("resourceVersion=abc", 500)]
    [InlineData("timeoutSeconds=abc", 400)]
    [InlineData("labelSelector=a%3D(b", 400)]
    [InlineData("fieldSelector=spec.nope%3D1", 400)]
    public async Task A_bad_parameter_of_a_watch_is_refused(string query, int status) =>
        await Admin.FailAsync(status, $"/api/v1/namespaces/default/configmaps?watch=true&{query}");

    [Theory]
    [InlineData("watch=1")]
    [InlineData("watch=True")]
    [InlineData("watch=yes")]
    [InlineData("watch=")]
    [InlineData("watch")]
    public async Task A_watch_is_asked_for_with_anything_that_is_not_false(string query)
    {
        using var watch = await WatchAsync($"{await ConfigMapsAsync("a")}?{query}&timeoutSeconds=1&{Ours}");
        Assert.Equal("ADDED a", (await watch.NextAsync()).ToString());
    }

    [Theory]
    [InlineData("?watch=false")]
    [InlineData("?watch=0")]
    [InlineData("/a?watch=true")]
    public async Task What_is_no_watch_is_answered_whole(string query) =>
        Assert.StartsWith("ConfigMap", Text((await Admin.GetAsync(await ConfigMapsAsync("a") + query))["kind"]), StringComparison.Ordinal);

    [Fact]
    public async Task A_streaming_list_is_refused_where_it_is_unknown()
    {
        var status = await Admin.FailAsync(
            422, $"{await ConfigMapsAsync()}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1");
        Assert.Equal("Invalid", Text(status["reason"]));
        Assert.Equal(
            "ListOptions.meta.k8s.io \"\" is invalid: [resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch, "
            + "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided]",
            Text(status["message"]));
        Assert.Equal("resourceVersionMatch", Text(status["details"]!["causes"]![0]!["field"]));
    }

    [Fact]
    public async Task A_write_that_changes_nothing_is_no_event()
    {
        var path = await ConfigMapsAsync("a");
        var version = await VersionAsync(path);
        var present = await Admin.GetAsync($"{path}/a");
        using var watch = await WatchAsync($"{path}?watch=true&resourceVersion={version}");
        var same = await Admin.JsonAsync(HttpMethod.Put, $"{path}/a", 200, present.ToJsonString());
        Assert.Equal(Text(present["metadata"]!["resourceVersion"]), Text(same["metadata"]!["resourceVersion"]));
        await Admin.JsonAsync(HttpMethod.Delete, $"{path}/a", 200);
        Assert.Equal("DELETED a", (await watch.NextAsync()).ToString());
    }

    [Theory]
    [InlineData("", "secrets is forbidden: User \"{0}\" cannot watch resource \"secrets\" in API group \"\" at the cluster scope")]
    [InlineData("&fieldSelector=metadata.name%3Dx", "secrets \"x\" is forbidden: User \"{0}\" cannot watch resource \"secrets\" in API group \"\" at the cluster scope")]
    public async Task A_user_who_may_not_watch_is_told_so(string query, string message)
    {
        var status = await Server.Limited.FailAsync(403, $"/api/v1/secrets?watch=true{query}");
        Assert.Equal(string.Format(Culture, message, Server.LimitedName), Text(status["message"]));
    }

    [Fact]
    public async Task A_deleted_definition_ends_the_watches_of_its_kind()
    {
        const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        await Server.DefineAsync("gizmos", "Gizmo");
        var path = $"/apis/contract.example.com/v1/namespaces/{await Server.NewNamespaceAsync()}/gizmos";
        await Admin.CreateAsync(path, """{"apiVersion":"contract.example.com/v1","kind":"Gizmo","metadata":{"name":"g"}}""");
        using var watch = await WatchAsync($"{path}?watch=true");
        Assert.Equal("ADDED g", (await watch.NextAsync()).ToString());
        await Admin.JsonAsync(HttpMethod.Delete, $"{Definitions}/gizmos.contract.example.com", 200);
        Assert.Equal(["DELETED g"], (await watch.RestAsync()).Select(line => line.ToString()));
        await Server.UntilGoneAsync(path);
        using var answer = await Admin.SendAsync(HttpMethod.Get, $"{path}?watch=true");
        Assert.Equal(404, (int)answer.StatusCode);
    }

    private static IFormatProvider Culture => System.Globalization.CultureInfo.InvariantCulture;

    private Task<WatchLines> WatchAsync(string path, string? accept = null) => WatchLines.OpenAsync(Admin, path, accept);

    private async Task<string> VersionAsync(string path) => Text((await Admin.GetAsync(path))["metadata"]!["resourceVersion"]);

    private static string CoreEvent(string ns, string name, string type, string about = "p") => $$$"""
        { "apiVersion": "v1", "kind": "Event", "metadata": { "name": "{{{name}}}" }, "reason": "Tested", "message": "m", "type": "{{{type}}}",
          "involvedObject": { "kind": "Pod", "namespace": "{{{ns}}}", "name": "{{{about}}}", "uid": "u-{{{about}}}" }, "source": { "component": "tester", "host": "h" },
          "firstTimestamp": "2026-01-01T00:00:00Z", "lastTimestamp": "2026-01-01T00:01:00Z", "count": 3 }
        """;
}
