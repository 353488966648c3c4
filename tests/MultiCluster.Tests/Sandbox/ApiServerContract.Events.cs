namespace MultiCluster.Tests.Sandbox;

// Events: one object, seen through two APIs.
public abstract partial class ApiServerContract
{
    [Fact]
    public async Task A_counted_event_shows_its_fields_under_the_names_of_each_api()
    {
        var (core, other, ns) = await EventPathsAsync();
        await Admin.CreateAsync(core, CoreEvent(ns, "e", "Warning"));
        var stored = (await Admin.GetAsync($"{core}/e")).AsObject();
        Assert.Equal(
            ["kind", "apiVersion", "metadata", "involvedObject", "reason", "message", "source", "firstTimestamp", "lastTimestamp", "count", "type", "eventTime", "reportingComponent", "reportingInstance"],
            stored.Select(p => p.Key));
        Assert.Null(stored["eventTime"]);
        Assert.Equal("", Text(stored["reportingComponent"]));
        var seen = (await Admin.GetAsync($"{other}/e")).AsObject();
        Assert.Equal(
            ["kind", "apiVersion", "metadata", "eventTime", "reason", "regarding", "note", "type", "deprecatedSource", "deprecatedFirstTimestamp", "deprecatedLastTimestamp", "deprecatedCount"],
            seen.Select(p => p.Key));
        Assert.Equal("events.k8s.io/v1", Text(seen["apiVersion"]));
        Assert.Equal(Text(stored["metadata"]!["uid"]), Text(seen["metadata"]!["uid"]));
        Assert.Equal(Text(stored["metadata"]!["resourceVersion"]), Text(seen["metadata"]!["resourceVersion"]));
        Assert.Equal(["m", "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z", "3", "tester", "p"],
            new[] { seen["note"], seen["deprecatedFirstTimestamp"], seen["deprecatedLastTimestamp"], seen["deprecatedCount"], seen["deprecatedSource"]!["component"], seen["regarding"]!["name"] }.Select(Text));
    }

    [Fact]
    public async Task A_series_shows_its_fields_under_the_names_of_each_api()
    {
        var (core, other, ns) = await EventPathsAsync();
        await Admin.CreateAsync(other, SeriesEvent(ns, "e"));
        var seen = (await Admin.GetAsync($"{other}/e")).AsObject();
        Assert.Equal(
            ["kind", "apiVersion", "metadata", "eventTime", "series", "reportingController", "reportingInstance", "action", "reason", "regarding", "note", "type", "deprecatedSource", "deprecatedFirstTimestamp", "deprecatedLastTimestamp"],
            seen.Select(p => p.Key));
        Assert.Empty(seen["deprecatedSource"]!.AsObject());
        var stored = (await Admin.GetAsync($"{core}/e")).AsObject();
        Assert.Equal(
            ["kind", "apiVersion", "metadata", "involvedObject", "reason", "message", "source", "firstTimestamp", "lastTimestamp", "type", "eventTime", "series", "action", "reportingComponent", "reportingInstance"],
            stored.Select(p => p.Key));
        Assert.Null(stored["firstTimestamp"]);
        Assert.Null(stored["lastTimestamp"]);
        Assert.Equal("5", Text(stored["series"]!["count"]));
        Assert.Equal("2026-01-01T00:05:00.500000Z", Text(stored["series"]!["lastObservedTime"]));
        Assert.Equal("example.com/tester", Text(stored["reportingComponent"]));
    }

    [Fact]
    public async Task Both_apis_list_and_watch_the_same_events()
    {
        var (core, other, ns) = await EventPathsAsync();
        await Admin.CreateAsync(core, CoreEvent(ns, "a", "Normal"));
        await Admin.CreateAsync(other, SeriesEvent(ns, "b"));
        Assert.Equal(["a", "b"], Names(await Admin.GetAsync(core)));
        Assert.Equal(["a", "b"], Names(await Admin.GetAsync(other)));
        using var watch = await WatchAsync($"{other}?watch=true&fieldSelector=metadata.name%3Da");
        var added = await watch.NextAsync();
        Assert.Equal("ADDED a", added.ToString());
        Assert.Equal("m", Text(added.Object["note"]));
        await Admin.JsonAsync(HttpMethod.Delete, $"{core}/a", 200);
        Assert.Equal("DELETED a", (await watch.NextAsync()).ToString());
    }

    [Theory]
    [InlineData("involvedObject.uid=u-p", "a")]
    [InlineData("involvedObject.name=p", "a")]
    [InlineData("involvedObject.kind=Pod", "a,b")]
    [InlineData("involvedObject.kind=Node", "")]
    [InlineData("involvedObject.name=q,involvedObject.kind=Pod", "b")]
    [InlineData("reason=Tested", "a,b")]
    [InlineData("type=Warning", "a")]
    [InlineData("type!=Warning", "b")]
    [InlineData("source=tester", "a")]
    [InlineData("source=example.com/tester", "b")]
    [InlineData("reportingComponent=example.com/tester", "b")]
    [InlineData("reportingComponent=tester", "")]
    public async Task Field_selectors_choose_events(string selector, string expected) =>
        Assert.Equal(expected, string.Join(',', Names(await Admin.GetAsync($"{(await TwoEventsAsync()).Core}?fieldSelector={Uri.EscapeDataString(selector)}"))));

    [Theory]
    [InlineData("regarding.uid=u-p", "a")]
    [InlineData("regarding.name=q", "b")]
    [InlineData("regarding.kind=Pod", "a,b")]
    [InlineData("reason=Tested,type=Warning", "a")]
    [InlineData("reportingController=example.com/tester", "b")]
    public async Task The_other_api_has_names_of_its_own_for_fields(string selector, string expected) =>
        Assert.Equal(expected, string.Join(',', Names(await Admin.GetAsync($"{(await TwoEventsAsync()).Other}?fieldSelector={Uri.EscapeDataString(selector)}"))));

    [Theory]
    [InlineData("/api/v1/events", "regarding.name")]
    [InlineData("/api/v1/events", "reportingController")]
    [InlineData("/apis/events.k8s.io/v1/events", "involvedObject.name")]
    [InlineData("/apis/events.k8s.io/v1/events", "source")]
    public async Task One_apis_field_is_unknown_to_the_other(string path, string field) =>
        Assert.Contains($"field label not supported: {field}", Text((await Admin.FailAsync(400, $"{path}?fieldSelector={field}%3Dx"))["message"]), StringComparison.Ordinal);

    [Fact]
    public async Task Events_about_a_namespace_can_be_chosen_from_all()
    {
        var (core, _, ns) = await TwoEventsAsync();
        Assert.Equal(["a", "b"], Names(await Admin.GetAsync($"/api/v1/events?fieldSelector=involvedObject.namespace%3D{ns}")));
        Assert.NotEmpty(core);
    }

    [Fact]
    public async Task An_event_about_another_namespace_is_a_422()
    {
        var (core, _, _) = await EventPathsAsync();
        var status = await Admin.JsonAsync(HttpMethod.Post, core, 422, CoreEvent("default", "e", "Normal"));
        Assert.Equal("Event \"e\" is invalid: involvedObject.namespace: Invalid value: \"default\": does not match event.namespace", Text(status["message"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_table_of_events_has_the_same_columns_through_both_apis(bool other)
    {
        var paths = await TwoEventsAsync();
        var table = await Admin.GetAsync(other ? paths.Other : paths.Core, Table);
        Assert.Equal(
            ["Last Seen", "Type", "Reason", "Object", "Subobject", "Source", "Message", "First Seen", "Count", "Name"],
            table["columnDefinitions"]!.AsArray().Select(c => Text(c!["name"])));
        var counted = table["rows"]!.AsArray().Single(row => Text(row!["cells"]![9]) == "a")!["cells"]!.AsArray();
        Assert.Equal(["Warning", "Tested", "pod/p", "", "tester, h", "m"], counted.Skip(1).Take(6).Select(Text));
        Assert.Equal("3", Text(counted[8]));
        var series = table["rows"]!.AsArray().Single(row => Text(row!["cells"]![9]) == "b")!["cells"]!.AsArray();
        Assert.Equal("example.com/tester, i-1", Text(series[5]));
    }

    private async Task<(string Core, string Other, string Namespace)> EventPathsAsync()
    {
        var ns = await Server.NewNamespaceAsync();
        return ($"/api/v1/namespaces/{ns}/events", $"/apis/events.k8s.io/v1/namespaces/{ns}/events", ns);
    }

    private async Task<(string Core, string Other, string Namespace)> TwoEventsAsync()
    {
        var paths = await EventPathsAsync();
        await Admin.CreateAsync(paths.Core, CoreEvent(paths.Namespace, "a", "Warning"));
        await Admin.CreateAsync(paths.Other, SeriesEvent(paths.Namespace, "b"));
        return paths;
    }

    private static string SeriesEvent(string ns, string name) => $$$"""
        { "apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": { "name": "{{{name}}}" }, "reason": "Tested", "note": "n", "type": "Normal", "action": "Testing",
          "regarding": { "kind": "Pod", "namespace": "{{{ns}}}", "name": "q", "uid": "u-q" }, "reportingController": "example.com/tester", "reportingInstance": "i-1",
          "eventTime": "2026-01-01T00:00:00.123456Z", "series": { "count": 5, "lastObservedTime": "2026-01-01T00:05:00.500000Z" } }
        """;
}
