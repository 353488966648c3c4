using System.Text.Json.Nodes;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox;

/// <summary>What only newer servers do, or only the simulator can be made to do.</summary>
public sealed class WatchTests
{
    private const string Path = "/api/v1/namespaces/default/secrets";
    private const string Streaming = $"{Path}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";

    [Fact]
    public async Task A_streaming_list_ends_its_state_with_an_annotated_bookmark()
    {
        await using var one = await OneCluster.StartAsync();
        Add(one, "a");
        Add(one, "b");
        using var watch = await WatchLines.OpenAsync(one.Client, Streaming);
        Assert.Equal(["ADDED a", "ADDED b"], await watch.TakeAsync(2));
        var end = await watch.AnyAsync();
        Assert.Equal("BOOKMARK", end.Type);
        Assert.Equal("true", end.Metadata!["annotations"]!["k8s.io/initial-events-end"]!.ToString());
        Assert.Equal(Version(one), end.Version);
        Add(one, "c");
        Assert.Equal("ADDED c", (await watch.AnyAsync()).ToString());
    }

    [Fact]
    public async Task A_streaming_list_of_a_future_version_ends_its_state_when_it_is_reached()
    {
        await using var one = await OneCluster.StartAsync();
        Add(one, "a");
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Streaming}&resourceVersion={one.Cluster.Store.ResourceVersion + 2}");
        Assert.Equal("ADDED a", (await watch.AnyAsync()).ToString());
        Add(one, "b");
        Add(one, "c");
        Assert.Equal(["ADDED b", "ADDED c"], [(await watch.AnyAsync()).ToString(), (await watch.AnyAsync()).ToString()]);
        Assert.NotNull((await watch.AnyAsync()).Metadata!["annotations"]);
    }

    [Fact]
    public async Task A_watch_from_a_future_version_begins_when_it_is_passed()
    {
        await using var one = await OneCluster.StartAsync();
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true&resourceVersion={one.Cluster.Store.ResourceVersion + 2}");
        foreach (var name in new[] { "a", "b", "c" }) Add(one, name);
        Assert.Equal("ADDED c", (await watch.AnyAsync()).ToString());
    }

    [Theory]
    [InlineData(StreamingList.Refused, "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled")]
    [InlineData(StreamingList.Unknown, "resourceVersionMatch is forbidden for watch")]
    public async Task A_streaming_list_can_be_switched_off(StreamingList mode, string message)
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Watches.StreamingList = mode;
        Assert.Contains(message, (await one.Client.FailAsync(422, Streaming))["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_ignores_streaming_lists_watches_as_ever()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Watches.StreamingList = StreamingList.Ignored;
        Add(one, "a");
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Streaming}&timeoutSeconds=1");
        Assert.Equal(["ADDED a"], (await watch.RestAsync()).Select(line => line.ToString()));
    }

    [Fact]
    public async Task Bookmarks_come_by_the_clock()
    {
        var time = new TestClock();
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 0, Time = time });
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true&allowWatchBookmarks=true&timeoutSeconds=90&resourceVersion={Version(one)}");
        await time.WhenTimersAsync(2, TestContext.Current.CancellationToken);
        one.Cluster.Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"of-another-kind"}}""");
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(Version(one), (await watch.BookmarkAsync()).Version);
        await time.WhenTimersAsync(2, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(28));
        await watch.BookmarkAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(await watch.RestAsync());
    }

    [Fact]
    public async Task A_watch_from_before_the_kept_history_is_expired()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Watches.History = 20;
        var version = Version(one);
        for (var i = 0; i <= 20; i++) Add(one, $"s-{i}");
        using (var late = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true&resourceVersion={version}"))
        {
            var error = Assert.Single(await late.RestAsync());
            Assert.Equal($"too old resource version: {version} ({long.Parse(version, null) + 1})", error.Object["message"]!.ToString());
        }
        using var early = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true&resourceVersion={long.Parse(version, null) + 1}");
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"ADDED s-{i}"), await early.TakeAsync(20));
    }

    [Fact]
    public async Task A_watcher_that_falls_behind_is_ended_and_disturbs_nobody()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Watches.Queue = 50;
        using var slow = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true&resourceVersion={Version(one)}");
        using var quickClient = one.NewClient(one.Cluster.AdminToken);
        using var quick = await WatchLines.OpenAsync(quickClient, $"{Path}?watch=true&resourceVersion={Version(one)}");
        // More than sockets and pipes hold while nobody reads.
        for (var i = 0; i < 400; i++)
        {
            Add(one, $"s-{i}", 100_000);
            Assert.Equal($"ADDED s-{i}", (await quick.NextAsync()).ToString());
        }
        var seen = await slow.RestAsync();
        Assert.InRange(seen.Count, 1, 399);
        Assert.Equal(Enumerable.Range(0, seen.Count).Select(i => $"ADDED s-{i}"), seen.Select(line => line.ToString()));
    }

    [Fact]
    public async Task A_watch_goes_on_when_its_login_is_lost_and_cannot_be_begun_again()
    {
        await using var one = await OneCluster.StartAsync();
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true");
        one.Cluster.Faults.Add(ClusterFault.Unauthorized());
        Add(one, "a");
        Assert.Equal("ADDED a", (await watch.NextAsync()).ToString());
        await one.Client.FailAsync(401, $"{Path}?watch=true");
    }

    [Fact]
    public async Task A_kind_that_is_not_served_any_more_ends_its_watches()
    {
        await using var one = await OneCluster.StartAsync();
        using var watch = await WatchLines.OpenAsync(one.Client, "/apis/example.com/v1/widgets?watch=true");
        using (one.Cluster.Faults.Add(ClusterFault.MissingKind("widgets.example.com")))
        {
            await watch.RestAsync();
            using var answer = await one.Client.SendAsync(HttpMethod.Get, "/apis/example.com/v1/widgets?watch=true");
            Assert.Equal(404, (int)answer.StatusCode);
        }
        using var again = await WatchLines.OpenAsync(one.Client, "/apis/example.com/v1/widgets?watch=true&timeoutSeconds=1");
        Assert.Equal(one.Cluster.Store.Count("widgets.example.com"), (await again.RestAsync()).Count);
    }

    [Fact]
    public async Task Watches_end_with_their_clients()
    {
        await using var one = await OneCluster.StartAsync();
        var client = one.NewClient(one.Cluster.AdminToken);
        // All are held: a stream that nobody holds is closed by the garbage collector.
        var watches = new List<WatchLines>();
        for (var i = 0; i < 5; i++) watches.Add(await WatchLines.OpenAsync(client, $"{Path}?watch=true"));
        Assert.Equal(5, one.Cluster.ActiveRequests);
        foreach (var watch in watches) watch.Dispose();
        client.Dispose();
        await Eventually.TrueAsync(() => one.Cluster.ActiveRequests == 0);
    }

    private static string Version(OneCluster one) => one.Cluster.Store.ResourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void Add(OneCluster one, string name, int bytes = 1) => one.Cluster.Store.Add(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["stringData"] = new JsonObject { ["x"] = new string('x', bytes) },
    });
}
