using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Changes;
using MultiCluster.Sandbox.Commands;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox;

public sealed class ChurnTests
{
    [Fact]
    public async Task Each_write_is_watched_once()
    {
        await using var one = await OneCluster.StartAsync();
        using var pods = await WatchLines.OpenAsync(one.Client, $"/api/v1/pods?watch=true&resourceVersion={one.Cluster.Store.ResourceVersion}");
        using var events = await WatchLines.OpenAsync(one.Client, $"/api/v1/events?watch=true&resourceVersion={one.Cluster.Store.ResourceVersion}");
        await using var churn = Churn.Start(one.Cluster, new ChurnOptions { WritesPerSecond = 2000, Events = 0.5, Writes = 800 });
        await churn.Completion;
        one.Cluster.Store.Kinds.Remove("pods");
        one.Cluster.Store.Kinds.Remove("events");
        List<WatchLine> seen = [.. await pods.RestAsync(), .. await events.RestAsync()];

        Assert.Equal(800, seen.Count);
        Assert.Equal(800, churn.Written);
        Assert.Equal(churn.Created, seen.Count(line => line.Type == "ADDED"));
        Assert.Equal(churn.Updated, seen.Count(line => line.Type == "MODIFIED"));
        Assert.Equal(churn.Deleted, seen.Count(line => line.Type == "DELETED"));
        Assert.Equal(Enumerable.Range(1, (int)churn.LastSerial), seen.Where(line => line.Type != "DELETED").Select(Serial).Order());
        Assert.True(churn.Deleted > 0);
    }

    [Fact]
    public async Task What_is_written_looks_like_what_is_generated()
    {
        await using var one = await OneCluster.StartAsync();
        await using (var churn = Churn.Start(one.Cluster, new ChurnOptions { WritesPerSecond = 5000, Writes = 300, Events = 0.5, Objects = 40 })) await churn.Completion;
        var store = one.Cluster.Store;
        Assert.InRange(store.Count("pods"), 20, 40);
        Assert.InRange(store.Count("events"), 20, 40);
        Assert.All(store.List("pods"), pod => Assert.Equal(pod.Uid, pod.ToJson()["metadata"]!["uid"]!.ToString()));
        var events = store.List("events").Select(item => item.ToJson()).ToList();
        Assert.Contains(events, item => item["lastTimestamp"] is not null && item["count"] is not null);
        Assert.Contains(events, item => item["lastTimestamp"] is null && item["eventTime"] is not null);
        Assert.Contains(events, item => item["series"]?["lastObservedTime"] is not null);
    }

    [Fact]
    public async Task The_clock_sets_the_pace()
    {
        var time = new TestClock();
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 0, Time = time });
        await using var churn = Churn.Start(one.Cluster, new ChurnOptions { WritesPerSecond = 40 });
        time.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => churn.Written == 200);
        await churn.StopAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, churn.Written);
    }

    [Fact]
    public async Task The_same_seed_writes_the_same_objects()
    {
        Assert.Equal(await NamesAsync(1), await NamesAsync(1));
        Assert.NotEqual(await NamesAsync(1), await NamesAsync(2));
    }

    [Theory]
    [InlineData("--churn", "-1")]
    [InlineData("--churn", "fast")]
    public async Task A_rate_that_is_none_is_refused(params string[] option) => Assert.Equal(2, await CommandLine.RunAsync(["up", .. option]));

    [Fact]
    public async Task A_session_changes_its_clusters_when_told_to()
    {
        var options = new CommandOptions(["--clusters", "1", "--pods", "3", "--churn", "100"], "clusters", "pods", "churn");
        await using var session = await SandboxSession.StartAsync(options, TestContext.Current.CancellationToken);
        var store = session.Fleet.Clusters[0].Store;
        await Eventually.TrueAsync(() => store.List("pods", "web").Any(pod => pod.Name.StartsWith("churn-", StringComparison.Ordinal)));
    }

    private static async Task<List<string>> NamesAsync(int seed)
    {
        await using var one = await OneCluster.StartAsync();
        await using var churn = Churn.Start(one.Cluster, new ChurnOptions { WritesPerSecond = 5000, Writes = 100, Seed = seed });
        await churn.Completion;
        return [.. one.Cluster.Store.List("pods").Select(pod => pod.Name)];
    }

    private static int Serial(WatchLine line) =>
        int.Parse(line.Metadata!["annotations"]![Churn.SerialAnnotation]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
}
