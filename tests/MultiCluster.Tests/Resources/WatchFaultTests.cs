using MultiCluster.Api.Watches;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;
using static MultiCluster.Tests.Resources.WatchTests;

namespace MultiCluster.Tests.Resources;

/// <summary>What servers and networks do to a stream, and what comes of it.</summary>
public sealed class WatchFaultTests
{
    private static readonly FleetOptions One = new() { Pods = 0 };
    private static readonly WatchQuery ConfigMaps = new() { Kinds = ["cm"], Namespaces = ["web"], ChangesOnly = true };
    private static readonly string[] Names = ["a0", "a1", "a2", "a3", "a4", "a5"];
    private static readonly string[] AllAdded = [.. Names.Select(name => $"Added {name}")];

    public static TheoryData<string> Breaks => ["cut", "reset", "end", "error"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_stream_that_breaks_brings_every_event_once(string how)
    {
        await using var session = await TestSession.SelectedAsync(One);
        var cluster = session.Fleet.Clusters[0];
        cluster.Faults.Add((how switch
        {
            "cut" => ClusterFault.StreamBreaks(2),
            "reset" => ClusterFault.StreamBreaks(2, reset: true),
            "end" => ClusterFault.StreamEnds(2),
            _ => ClusterFault.WatchError(afterLines: 2),
        }).Times(2));
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        await AddAsync(watch, cluster);
        await watch.UntilAsync(() => watch.Changes.Count() >= Names.Length, "all have come");
        Assert.Equal(AllAdded, watch.Changes);
        Assert.Equal(how == "end" ? 0 : 2, watch.Count(WatchNoticeType.Interrupted));
        Assert.False(watch.Has(WatchNoticeType.Gap));
        Assert.Empty(watch.Faults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_expired_version_in_both_forms_is_answered_by_differences(bool asEvent)
    {
        await using var session = await TestSession.SelectedAsync(One);
        var cluster = session.Fleet.Clusters[0];
        cluster.Store.Add(ConfigMap("old", "1"));
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        cluster.Store.Add(ConfigMap("seen", "1"));
        await watch.ChangesAsync("Added seen");
        cluster.Faults.Add((asEvent ? ClusterFault.ExpiredWatch() : ClusterFault.GoneWatch()).Times(1));
        await cluster.StopAsync();
        cluster.Store.Replace(ConfigMap("old", "2"));
        cluster.Store.Remove("configmaps", "web", "seen");
        await cluster.StartAgainAsync();
        await watch.UntilAsync(() => watch.Has(WatchNoticeType.Resumed) && watch.Has(WatchNoticeType.Relisted), "the watch goes on");
        Assert.Equal(["Added seen", "Modified old", "Deleted seen"], watch.Changes);
        Assert.True(watch.Has(WatchNoticeType.Gap));
        Assert.Empty(watch.Faults);
    }

    [Fact]
    public async Task A_server_that_closes_at_once_is_told_and_followed_by_growing_pauses()
    {
        await using var session = await TestSession.SelectedAsync(One);
        var cluster = session.Fleet.Clusters[0];
        cluster.Faults.Add(ClusterFault.StreamEnds().Times(3));
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        await watch.UntilAsync(() => watch.Count(WatchNoticeType.Resumed) == 3, "the watch goes on");
        Assert.Contains("ended the watch at once", Assert.Single(watch.Faults).Detail, StringComparison.Ordinal);
        Assert.Equal([0.4, 0.8, 1.6], watch.Notices.Where(notice => notice.Type == WatchNoticeType.Interrupted).Select(notice => notice.Duration!.Value.TotalSeconds));
        cluster.Store.Add(ConfigMap("a", "1"));
        await watch.ChangesAsync("Added a");
    }

    [Fact]
    public async Task Errors_that_stay_lead_to_a_list()
    {
        await using var session = await TestSession.SelectedAsync(One);
        var cluster = session.Fleet.Clusters[0];
        cluster.Faults.Add(ClusterFault.WatchError().Times(3));
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        cluster.Store.Add(ConfigMap("a", "1"));
        await watch.UntilAsync(() => watch.Has(WatchNoticeType.Relisted), "the objects are listed again");
        await watch.ChangesAsync("Added a");
        Assert.Contains("leader changed", Assert.Single(watch.Faults).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeated_and_swapped_events_come_once_each()
    {
        await using var session = await TestSession.SelectedAsync(One);
        var cluster = session.Fleet.Clusters[0];
        cluster.Faults.Add(ClusterFault.RepeatedEvents());
        cluster.Faults.Add(ClusterFault.SwappedEvents());
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        foreach (var name in Names)
            cluster.Store.Add(ConfigMap(name, "1"));
        foreach (var name in Names)
            cluster.Store.Replace(ConfigMap(name, "2"));
        cluster.Store.Add(ConfigMap("last", "1"));
        await watch.UntilAsync(() => watch.Changes.Count() >= 13, "all have come");
        Assert.Equal([.. AllAdded, "Added last", .. Names.Select(name => $"Modified {name}")], watch.Changes.OrderBy(change => change[0]).ThenBy(change => change, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_line_of_ten_megabytes_comes_whole()
    {
        await using var session = await TestSession.SelectedAsync(One);
        session.Fleet.Clusters[0].Faults.Add(ClusterFault.HugeWatchLine().Times(1));
        await using var watch = await new TestWatch(session, ConfigMaps).ConnectedAsync();
        session.Fleet.Clusters[0].Store.Add(ConfigMap("a", "1"));
        await watch.ChangesAsync("Added a");
        Assert.InRange(watch.Events.Last().Object.Size, 10_000_000, 10_100_000);
    }

    [Fact]
    public async Task Bookmarks_alone_keep_the_version_fresh()
    {
        await using var session = await TestSession.SelectedAsync(One);
        var cluster = session.Fleet.Clusters[0];
        cluster.Watches.BookmarkInterval = TimeSpan.FromMilliseconds(50);
        await using var watch = await new TestWatch(session, ConfigMaps with { LabelSelector = "tier=front" }).ConnectedAsync();
        await TestSession.UntilAsync(() => Watches().Count == 1, "the watch is open");
        for (var i = 0; i < 20; i++)
            cluster.Store.Add(ConfigMap($"other{i}", "1"));
        await TestSession.UntilAsync(() => Bytes() > 1_000, "the watch has read what is not selected");
        cluster.Watches.History = 5; // not before: a watch that is further behind would be ended
        cluster.Store.Add(ConfigMap("other", "1"));
        var version = $"{cluster.Store.ResourceVersion}";
        var before = Bytes();
        await TestSession.UntilAsync(() => Bytes() > before + 1_000, "bookmarks have come");
        await cluster.StopAsync();
        await cluster.StartAgainAsync();
        await watch.UntilAsync(() => watch.Has(WatchNoticeType.Resumed), "the watch goes on");
        Assert.Contains($"resourceVersion={version}", Watches()[^1], StringComparison.Ordinal);
        Assert.False(watch.Has(WatchNoticeType.Gap));

        List<string> Watches() => [.. cluster.Requests.All.Select(static request => request.Query).Where(static query => query.Contains("watch=true", StringComparison.Ordinal))];
        long Bytes() => session.Connection("sim-1").Telemetry!.BytesReceived;
    }

    private static async Task AddAsync(TestWatch watch, SimulatedCluster cluster)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            cluster.Store.Add(ConfigMap(Names[i], "1"));
            if (i % 2 == 1)
                await watch.UntilAsync(() => watch.Changes.Any(), "the first has come"); // some stand in one piece, some alone
        }
    }
}
