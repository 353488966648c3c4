using MultiCluster.Api.Watches;
using MultiCluster.FanOut;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Changes;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

public sealed class WatchChaosTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("v1.33.1")]
    [InlineData("v1.20.2")]
    public async Task Under_random_faults_the_state_rebuilt_from_the_events_is_the_servers_state(string version)
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 60, Version = version });
        await session.ConnectAsync();
        foreach (var cluster in session.Fleet.Clusters)
        {
            cluster.Watches.History = 200;
            cluster.Faults.Add(ClusterFault.WatchChaos(seed: cluster.Name[^1], TimeSpan.FromMilliseconds(400)));
        }

        await using var watch = new TestWatch(session, new WatchQuery { Kinds = ["pods"], AllNamespaces = true }, window: TimeSpan.FromMilliseconds(50));
        var churns = session.Fleet.Clusters.Select(cluster => Churn.Start(cluster, new ChurnOptions { WritesPerSecond = 60, Writes = 600 })).ToArray();
        var rebuilt = new Dictionary<string, KubeWatchEvent>();
        var done = Task.WhenAll(churns.Select(churn => churn.Completion));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(90));
        while (!done.IsCompleted || !IsRebuilt(session, rebuilt))
        {
            if (done.IsCompleted)
                session.Fleet.Clusters.ToList().ForEach(cluster => cluster.Faults.Clear());
            Take(await watch.Run.Items.ReadAsync(limit.Token), rebuilt, watch);
        }

        Assert.True(watch.Count(WatchNoticeType.Interrupted) > 3, "the watch was broken");
        Assert.All(rebuilt.Values.GroupBy(happened => happened.ClusterName), pods => Assert.NotEmpty(pods));
    }

    /// <summary>Takes what has come, and checks that each event follows from those before it.</summary>
    private static void Take(FanOutItem item, Dictionary<string, KubeWatchEvent> rebuilt, TestWatch watch)
    {
        if (item is not FanOutObjects<KubeWatchEvent> events)
        {
            watch.Add(item);
            return;
        }

        foreach (var happened in events.Objects)
        {
            var key = $"{happened.ClusterName}/{happened.Namespace}/{happened.Name}";
            var known = rebuilt.GetValueOrDefault(key);
            Assert.Equal(happened.Type == WatchEventType.Added, known is null);
            if (happened.Type == WatchEventType.Deleted)
                rebuilt.Remove(key);
            else
                rebuilt[key] = happened;
            if (happened.Type == WatchEventType.Modified)
            {
                Assert.Same(known!.Object, happened.Previous);
                Assert.Equal(known.Object.Uid, happened.Object.Uid);
                Assert.NotEqual(known.Object.ResourceVersion, happened.Object.ResourceVersion);
            }
        }
    }

    private static bool IsRebuilt(TestSession session, Dictionary<string, KubeWatchEvent> rebuilt)
    {
        var there = session.Fleet.Clusters
            .SelectMany(cluster => cluster.Store.List("pods").Select(pod => $"{cluster.Name}/{pod.Namespace}/{pod.Name} {pod.Uid} {pod.ResourceVersion}"));
        return there.ToHashSet().SetEquals(rebuilt.Select(pair => $"{pair.Key} {pair.Value.Object.Uid} {pair.Value.Object.ResourceVersion}"));
    }
}
