using MultiCluster.FanOut;
using MultiCluster.Logs;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Logs;

public sealed class LogLimitTests
{
    [Fact]
    public async Task A_large_cluster_leaves_room_for_the_others_and_each_says_once_what_it_leaves_out()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty with { Clusters = 3 });
        foreach (var (name, pods) in new[] { ("sim-1", 40), ("sim-2", 3), ("sim-3", 8) })
        {
            for (var i = 0; i < pods; i++)
                session.Fleet[name].AddRunning($"web-{i:00}", ["app", "proxy"]);
        }

        await using var logs = new TestLogs(session, LogPods.Following with { AllContainers = true, MaxStreams = 30 });
        await logs.UntilAsync(() => Warnings(logs).Count() == 2, "the two warnings");
        await TestSession.UntilAsync(() => session.Fleet.Clusters.Sum(cluster => cluster.ActiveRequests) == 30 + 3, "thirty streams and three watches are open");
        Assert.Equal([13, 7, 13], session.Fleet.Clusters.Select(cluster => cluster.ActiveRequests));
        Assert.Equal([("sim-1", 68), ("sim-3", 4)], Warnings(logs).Select(notice => (notice.ClusterName, notice.Count!.Value)).Order());
        Assert.All(Warnings(logs), notice => Assert.Contains("-MaxStreams", notice.Message, StringComparison.Ordinal));

        // Every pod's first container goes before any pod's second.
        Assert.All(session.Fleet["sim-1"].Requests.All.Where(request => request.Path.EndsWith("/log", StringComparison.Ordinal)), request => Assert.Contains("container=app", request.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_one_ends_another_takes_its_place_and_it_is_said_how_many_are_still_left_out()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        foreach (var name in new[] { "web-1", "web-2", "web-3", "web-4" })
        {
            cluster.AddRunning(name);
            cluster.Write(name, name);
        }

        await using var logs = new TestLogs(session, LogPods.Following with { MaxStreams = 2 });
        await logs.LinesAsync(2);
        await logs.UntilAsync(() => Warnings(logs).Any(), "the warning");
        var followed = logs.Lines.First().Pod;
        cluster.Store.Remove("pods", LogPods.Namespace, followed);
        await logs.LinesAsync(3);
        var update = logs.Notices.Last(notice => notice.Type == LogNoticeType.LeftOut);
        Assert.Equal((logs.Lines.Last().Pod, 1), (update.Pod, update.Count));
        Assert.Single(Warnings(logs));
    }

    private static IEnumerable<KubeLogNotice> Warnings(TestLogs logs) =>
        logs.Items.OfType<FanOutNotice>().Where(notice => notice.Level == NoticeLevel.Warning).Select(notice => notice.Data).Cast<KubeLogNotice>();
}
