using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Changes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Tests.Sandbox;

public sealed class StreamFaultTests
{
    private const string Path = "/api/v1/namespaces/default/secrets";

    [Fact]
    public async Task A_watch_can_close_at_once()
    {
        await using var one = await WithAsync(ClusterFault.StreamEnds(), "a", "b");
        Assert.Empty(await RestAsync(one));
    }

    [Fact]
    public async Task A_watch_can_close_after_some_lines()
    {
        await using var one = await WithAsync(ClusterFault.StreamEnds(2), "a", "b", "c");
        Assert.Equal(["ADDED a", "ADDED b"], await RestAsync(one));
    }

    [Fact]
    public async Task A_watch_can_close_in_the_middle_of_a_line()
    {
        await using var one = await WithAsync(ClusterFault.StreamBreaks(1), "a", "b");
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true");
        Assert.Equal("ADDED a", (await watch.NextAsync()).ToString());
        var half = await watch.LineAsync();
        Assert.StartsWith("{\"type\":\"ADDED\",\"object\":{\"kind\":\"Secret\"", half, StringComparison.Ordinal);
        Assert.DoesNotContain("}}", half, StringComparison.Ordinal);
        Assert.Null(await watch.LineAsync());
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_watch_can_be_reset_in_the_middle_of_a_line(string version)
    {
        await using var one = await WithAsync(ClusterFault.StreamBreaks(1, reset: true), "a", "b");
        one.Client.Http.DefaultRequestVersion = Version.Parse(version);
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true");
        Assert.Equal("ADDED a", (await watch.NextAsync()).ToString());
        await Assert.ThrowsAnyAsync<IOException>(() => watch.RestAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_watch_that_goes_on_can_be_expired(bool asEvent)
    {
        await using var one = await WithAsync(asEvent ? ClusterFault.ExpiredWatch() : ClusterFault.GoneWatch(), "a");
        using (var anew = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true")) Assert.Equal("ADDED a", (await anew.NextAsync()).ToString());
        var path = $"{Path}?watch=true&resourceVersion={one.Cluster.Store.ResourceVersion}";
        if (!asEvent)
        {
            Assert.Equal("Expired", (await one.Client.FailAsync(410, path))["reason"]!.ToString());
            return;
        }
        using var watch = await WatchLines.OpenAsync(one.Client, path);
        Assert.Equal("410", Assert.Single(await watch.RestAsync()).Object["code"]!.ToString());
    }

    [Fact]
    public async Task A_watch_can_get_an_error_between_its_events()
    {
        await using var one = await WithAsync(ClusterFault.WatchError(afterLines: 1), "a", "b");
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true");
        Assert.Equal("ADDED a", (await watch.NextAsync()).ToString());
        var error = await watch.NextAsync();
        Assert.Equal("ERROR", error.Type);
        Assert.Equal("etcdserver: leader changed", error.Object["message"]!.ToString());
        Assert.Null(await watch.LineAsync());
    }

    [Fact]
    public async Task One_line_can_be_ten_megabytes_long()
    {
        await using var one = await WithAsync(ClusterFault.HugeWatchLine(), "a", "b");
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true");
        Assert.Equal(10_000_000, (await watch.NextAsync()).Metadata!["annotations"]!["padding"]!.ToString().Length);
        Assert.Null((await watch.NextAsync()).Metadata!["annotations"]);
    }

    [Fact]
    public async Task Events_can_come_twice()
    {
        await using var one = await WithAsync(ClusterFault.RepeatedEvents(), "a", "b", "c");
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true");
        Assert.Equal(["ADDED a", "ADDED b", "ADDED b", "ADDED c"], await watch.TakeAsync(4));
    }

    [Fact]
    public async Task Events_of_different_objects_can_change_places()
    {
        await using var one = await WithAsync(ClusterFault.SwappedEvents(), "a", "b", "c");
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true");
        Assert.Equal(["ADDED b", "ADDED a", "ADDED c"], await watch.TakeAsync(3));
    }

    [Fact]
    public async Task Events_of_one_object_stay_in_order()
    {
        await using var one = await WithAsync(ClusterFault.SwappedEvents());
        var version = one.Cluster.Store.ResourceVersion;
        var added = Add(one, "a");
        one.Cluster.Store.Replace(added.ToJson());
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true&resourceVersion={version}");
        Assert.Equal(["ADDED a", "MODIFIED a"], await watch.TakeAsync(2));
    }

    [Fact]
    public async Task A_fault_of_streams_counts_streams_and_lets_lists_alone()
    {
        await using var one = await WithAsync(ClusterFault.StreamEnds().Times(1), "a");
        await one.Client.GetAsync(Path);
        Assert.Empty(await RestAsync(one));
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true");
        Assert.Equal("ADDED a", (await watch.NextAsync()).ToString());
    }

    [Fact]
    public async Task A_clock_that_is_off_shows_in_what_is_written()
    {
        await using var one = await OneCluster.StartAsync();
        using (one.Cluster.Faults.Add(ClusterFault.ClockSkew(TimeSpan.FromMinutes(-90)))) Add(one, "late");
        Add(one, "exact");
        Assert.InRange(Created(one, "exact") - Created(one, "late"), TimeSpan.FromMinutes(89), TimeSpan.FromMinutes(91));
    }

    [Fact]
    public async Task Whoever_begins_again_after_each_blow_of_chaos_loses_nothing()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.WatchChaos(7, TimeSpan.FromMilliseconds(100)));
        await using var churn = Churn.Start(one.Cluster, new ChurnOptions { WritesPerSecond = 200, Writes = 1000, Objects = 20 });
        Dictionary<string, string> known = [];
        var version = "";
        var ends = 0;
        while (!churn.Completion.IsCompleted || version.Length == 0 || long.Parse(version, null) < one.Cluster.Store.ResourceVersion)
        {
            (known, version) = await FollowAsync(one, known, version);
            ends++;
            Assert.True(ends < 1000);
        }
        Assert.True(ends > 10);
        Assert.Equal(
            one.Cluster.Store.List("pods").Select(pod => $"{pod.Uid} {pod.ResourceVersion}").Order(),
            known.Select(pair => $"{pair.Key} {pair.Value}").Order());
    }

    // A client that knows no better than to list again, or to go on where it was.
    private static async Task<(Dictionary<string, string> Known, string Version)> FollowAsync(OneCluster one, Dictionary<string, string> known, string version)
    {
        if (version.Length == 0)
        {
            var list = await one.Client.GetAsync("/api/v1/pods");
            version = list["metadata"]!["resourceVersion"]!.ToString();
            known = list["items"]!.AsArray().ToDictionary(i => i!["metadata"]!["uid"]!.ToString(), i => i!["metadata"]!["resourceVersion"]!.ToString());
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/pods?watch=true&allowWatchBookmarks=true&resourceVersion={version}");
        using var response = await one.Client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if ((int)response.StatusCode == 410) return (known, "");
        if (!response.IsSuccessStatusCode) return (known, version);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        try
        {
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } text)
            {
                if (!text.EndsWith("}}", StringComparison.Ordinal)) break;
                var line = WatchLine.Parse(text);
                if (line.Type == "ERROR") return (known, line.Object["code"]!.ToString() == "410" ? "" : version);
                if (long.Parse(line.Version, null) > long.Parse(version, null)) version = line.Version;
                if (line.Type == "BOOKMARK") continue;
                var uid = line.Metadata!["uid"]!.ToString();
                if (line.Type == "DELETED") known.Remove(uid);
                else known[uid] = line.Version;
            }
        }
        catch (IOException)
        {
            // Reset.
        }
        return (known, version);
    }

    private static async Task<OneCluster> WithAsync(ClusterFault fault, params string[] names)
    {
        var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(fault);
        foreach (var name in names) Add(one, name);
        return one;
    }

    private static async Task<List<string>> RestAsync(OneCluster one)
    {
        using var watch = await WatchLines.OpenAsync(one.Client, $"{Path}?watch=true");
        return [.. (await watch.RestAsync()).Select(line => line.ToString())];
    }

    private static StoredObject Add(OneCluster one, string name) => one.Cluster.Store.Add(
        new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" } });

    private static DateTimeOffset Created(OneCluster one, string name) =>
        DateTimeOffset.Parse(one.Cluster.Store.Find("secrets", "default", name)!.ToJson()["metadata"]!["creationTimestamp"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
}
