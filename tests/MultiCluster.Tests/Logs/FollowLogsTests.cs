using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Logs;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Logs;

public sealed class FollowLogsTests
{
    private static readonly LogQuery Following = LogPods.Following;

    [Fact]
    public async Task Lines_come_as_they_are_written_in_the_order_of_time_over_all_clusters()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty with { Clusters = 3 });
        foreach (var cluster in session.Fleet.Clusters)
        {
            cluster.AddRunning("web-1");
            cluster.Write("web-1", "before");
        }

        await using var logs = new TestLogs(session, Following with { OrderWindow = TimeSpan.FromMilliseconds(500) });
        await logs.LinesAsync(3);
        for (var i = 0; i < 30; i++)
            session.Fleet.Clusters[i % 3].Write("web-1", $"{i}");
        await logs.LinesAsync(33);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i}"), logs.Texts.Skip(3));
    }

    [Fact]
    public async Task A_tail_of_nothing_brings_only_what_is_written_from_now_on()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.Write("web-1", "before");
        await using var logs = new TestLogs(session, Following with { Tail = 0 });
        await FollowedAsync(session, cluster.Name);
        cluster.Write("web-1", "after");
        await logs.LinesAsync(1);
        Assert.Equal(["after"], logs.Texts);
    }

    [Fact]
    public async Task A_pod_that_comes_to_fit_joins_from_its_first_line_and_one_that_goes_leaves()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        await using var logs = new TestLogs(session, Following with { Tail = 0 });
        await FollowedAsync(session);
        cluster.AddRunning("web-2");
        cluster.Write("web-2", "first", "second");
        await logs.NoticeAsync(LogNoticeType.Joined, "web-2");
        await logs.LinesAsync(2);
        cluster.Write("web-2", "last words");
        cluster.Store.Remove("pods", LogPods.Namespace, "web-2");
        await logs.NoticeAsync(LogNoticeType.Ended, "web-2");
        await logs.UntilAsync(() => logs.Of("web-2").Count == 3, "its last words");
        Assert.Equal(["first", "second", "last words"], logs.Of("web-2"));
        Assert.Contains("its pod is gone", logs.Notices.Last(notice => notice.Type == LogNoticeType.Ended).Message, StringComparison.Ordinal);
        cluster.Write("web-1", "still here");
        await logs.LinesAsync(4);
        Assert.Empty(logs.Faults);
    }

    [Fact]
    public async Task A_pod_that_has_not_started_joins_when_it_does()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddWaiting("web-1");
        await using var logs = new TestLogs(session, Following);
        await logs.NoticeAsync(LogNoticeType.Waiting, "web-1");
        cluster.Logs.Start(LogPods.Namespace, "web-1", "app");
        cluster.Write("web-1", "up");
        await logs.LinesAsync(1);
        Assert.True(logs.Has(LogNoticeType.Joined, "web-1"));
        Assert.Empty(logs.Faults);
    }

    [Fact]
    public async Task A_container_that_is_started_again_is_followed_from_its_first_line_after_all_of_the_old_ones()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        await using var logs = new TestLogs(session, Following);
        for (var run = 0; run < 4; run++)
        {
            cluster.Write("web-1", $"{run} first", $"{run} last");
            await logs.UntilAsync(() => logs.Lines.Any(), "it is followed");
            cluster.Logs.Start(LogPods.Namespace, "web-1", "app");
        }

        cluster.Write("web-1", "4 first");
        await logs.UntilAsync(() => logs.Texts.Contains("4 first"), "the last run");
        Assert.True(logs.Has(LogNoticeType.Restarted, "web-1"));
        Assert.Equal(["0 first", "0 last"], logs.Texts.Take(2));
        Assert.Equal(logs.Texts.Distinct(), logs.Texts);
        Assert.Equal(logs.Texts.Order(StringComparer.Ordinal), logs.Texts);
    }

    [Fact]
    public async Task A_container_that_waits_long_for_its_restart_is_followed_when_it_comes()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.Write("web-1", "a");
        await using var logs = new TestLogs(session, Following with { Names = ["web-1"] });
        await logs.LinesAsync(1);
        cluster.Write("web-1", "b");
        cluster.Logs.End(LogPods.Namespace, "web-1", "app", exitCode: 1);
        await logs.LinesAsync(2);
        cluster.Logs.Start(LogPods.Namespace, "web-1", "app");
        cluster.Write("web-1", "c");
        await logs.LinesAsync(3);
        Assert.Equal(["a", "b", "c"], logs.Texts);
        Assert.Empty(logs.Faults);
    }

    [Fact]
    public async Task Named_pods_that_have_ended_end_the_call()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("job-1", policy: "Never");
        cluster.Write("job-1", "a");
        cluster.AddRunning("job-2", policy: "Never");
        cluster.Write("job-2", "done before");
        cluster.Logs.End(LogPods.Namespace, "job-2", "app");
        await using var logs = new TestLogs(session, Following with { Names = ["job-1", "job-2"] });
        await logs.LinesAsync(2);
        cluster.Write("job-1", "b");
        cluster.Logs.End(LogPods.Namespace, "job-1", "app");
        await logs.EndAsync();
        Assert.Equal(["a", "b"], logs.Of("job-1"));
        Assert.Equal(["done before"], logs.Of("job-2"));
        Assert.Equal("container app of pod web/job-1 has ended (Completed)", logs.Notices.Single(notice => notice.Type == LogNoticeType.Ended).Message);
        Assert.Equal(1, logs.Run.Report(1).Answered);
    }

    [Fact]
    public async Task Following_a_job_ends_when_the_job_is_done()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        const string labels = "\"job-name\":\"backup\"";
        var uid = cluster.AddWorkload("batch/v1", "Job", "backup", labels);
        cluster.AddRunning("backup-1", labels: labels, owner: LogPods.Owner("Job", "backup", uid), policy: "Never");
        cluster.Write("backup-1", "a");
        await using var logs = new TestLogs(session, Following with { Names = ["job/backup"] });
        await logs.LinesAsync(1);
        cluster.Write("backup-1", "b");
        cluster.Logs.End(LogPods.Namespace, "backup-1", "app");
        var job = cluster.Store.Find("jobs.batch", LogPods.Namespace, "backup")!.ToJson();
        job["status"] = System.Text.Json.Nodes.JsonNode.Parse("""{"conditions":[{"type":"Complete","status":"True"}]}""");
        cluster.Store.Replace(job);
        await logs.EndAsync();
        Assert.Equal(["a", "b"], logs.Texts);
    }

    [Fact]
    public async Task What_cannot_be_followed_is_an_error_and_the_others_are_followed()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.AddRunning("web-2");
        cluster.Faults.Add(ClusterFault.Forbidden().When(request => request is { Subresource: "log", Name: "web-2" }));
        await using var logs = new TestLogs(session, Following with { Names = ["web-1", "web-2", "web-3"] });
        await logs.UntilAsync(() => logs.Faults.Count() == 2, "two faults");
        Assert.Equal([FaultPhase.Forbidden, FaultPhase.NotFound], logs.Faults.Select(fault => fault.Phase).Order());
        cluster.Write("web-1", "a");
        await logs.LinesAsync(1);
    }

    [Fact]
    public async Task Of_ten_clusters_one_dead_and_one_that_refuses_the_login_change_nothing_for_the_other_eight()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty with { Clusters = 10 });
        foreach (var cluster in session.Fleet.Clusters)
            cluster.AddRunning("web-1");
        session.Fleet["sim-3"].Faults.Add(ClusterFault.BlackHole());
        session.Fleet["sim-7"].Faults.Add(ClusterFault.Unauthorized());
        await using var logs = new TestLogs(session, Following, timeouts: new RequestTimeouts { Silence = TimeSpan.FromSeconds(5) });
        foreach (var cluster in session.Fleet.Clusters.Where(cluster => cluster.Name is not ("sim-3" or "sim-7")))
        {
            await FollowedAsync(session, cluster.Name);
            cluster.Write("web-1", "a");
        }

        await logs.LinesAsync(8);
        await logs.UntilAsync(() => logs.Faults.Count() == 2, "the two faults");
        Assert.Equal(["sim-3 Timeout", "sim-7 Unauthorized"], logs.Faults.Select(fault => $"{fault.Cluster!.ClusterName} {fault.Phase}").Order());
        session.Fleet["sim-7"].Faults.Clear();
        session.Fleet["sim-7"].Write("web-1", "back");
        await session.Connection("sim-7").TestAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        session.Connection("sim-7").RetryLogin();
        await logs.UntilAsync(() => logs.Texts.Contains("back"), "the login works again");
    }

    [Fact]
    public async Task A_cluster_that_is_disconnected_ends_alone_with_a_notice()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty with { Clusters = 2 });
        foreach (var cluster in session.Fleet.Clusters)
        {
            cluster.AddRunning("web-1");
            cluster.Write("web-1", "a");
        }

        await using var logs = new TestLogs(session, Following);
        await logs.LinesAsync(2);
        await session.Pool.DisconnectAsync([session.Cluster("sim-1")]);
        await logs.UntilAsync(() => logs.Items.OfType<FanOutDone>().Any(), "the cluster is done");
        Assert.Equal(("sim-1", "Cluster disconnected"), logs.Notices.Where(notice => notice.Type == LogNoticeType.Stopped).Select(notice => (notice.ClusterName, notice.Message)).Single());
        Assert.Empty(logs.Faults);
        session.Fleet["sim-2"].Write("web-1", "b");
        await logs.LinesAsync(3);
        await TestSession.UntilAsync(() => session.Fleet["sim-1"].ActiveRequests == 0, "the server has seen the end");
    }

    [Fact]
    public async Task A_call_that_is_to_last_so_long_ends_without_a_fault()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        session.Fleet.Clusters[0].AddRunning("web-1");
        session.Fleet.Clusters[0].Write("web-1", "a");
        await using var logs = new TestLogs(session, Following with { Duration = TimeSpan.FromSeconds(2) });
        await logs.EndAsync();
        Assert.Equal(["a"], logs.Texts);
        Assert.Empty(logs.Faults);
        Assert.Equal(1, logs.Run.Report(1).Answered);
    }

    /// <summary>Waits until a cluster's list of pods, its watch and so many logs are answered.</summary>
    private static Task FollowedAsync(TestSession session, string cluster = "sim-1", int logs = 1) =>
        TestSession.UntilAsync(() => session.Connection(cluster).Telemetry?.Status2xx >= 2 + logs, $"{logs} logs of {cluster} are followed");
}
