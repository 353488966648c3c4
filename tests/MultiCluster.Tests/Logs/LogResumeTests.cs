using MultiCluster.Faults;
using MultiCluster.Logs;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Logs;

public sealed class LogResumeTests
{
    private static readonly LogQuery Following = LogPods.Following;

    public static TheoryData<string> Breaks => ["ends", "ends at once", "in a line", "reset in a line"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Whatever_breaks_a_stream_no_line_is_lost_and_none_comes_twice(string how)
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        var log = cluster.Log("web-1");
        var fault = how switch
        {
            "ends" => ClusterFault.StreamEnds(150),
            "ends at once" => ClusterFault.StreamEnds(),
            "in a line" => ClusterFault.StreamBreaks(150),
            _ => ClusterFault.StreamBreaks(150, reset: true),
        };
        cluster.Faults.Add(fault.When(request => request.Subresource == "log").Times(3));
        await using var logs = new TestLogs(session, Following);
        for (var i = 0; i < 400; i++)
            log.Append($"{i / 4}"); // each text four times, many at one time
        await logs.LinesAsync(400);
        log.Append("end");
        await logs.LinesAsync(401);
        Assert.Equal([.. Enumerable.Range(0, 400).Select(i => $"{i / 4}"), "end"], logs.Texts);
        Assert.DoesNotContain(logs.Notices, notice => notice.Type == LogNoticeType.Gap);
        Assert.Empty(logs.Faults);
    }

    [Fact]
    public async Task A_log_that_is_written_all_the_while_survives_an_API_server_that_is_stopped_and_started()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty with { Clusters = 2 });
        foreach (var cluster in session.Fleet.Clusters)
        {
            cluster.AddRunning("web-1");
            cluster.Log("web-1").LinesPerSecond = 2000;
        }

        await using var logs = new TestLogs(session, Following);
        await logs.LinesAsync(100);
        var broken = session.Fleet["sim-1"];
        for (var round = 0; round < 2; round++)
        {
            await broken.StopAsync();
            await logs.UntilAsync(() => logs.Notices.Count(notice => notice.Type == LogNoticeType.Interrupted) > round, "the streams broke");
            await broken.StartAgainAsync();
            await logs.UntilAsync(() => logs.Notices.Count(notice => notice.Type == LogNoticeType.Resumed) > round, "they go on");
        }

        foreach (var cluster in session.Fleet.Clusters)
            cluster.Log("web-1").LinesPerSecond = 0;
        await logs.UntilAsync(() => logs.Lines.Count() >= session.Fleet.Clusters.Sum(static cluster => cluster.Log("web-1").Generated), "all lines have come");
        foreach (var cluster in session.Fleet.Clusters)
        {
            Assert.Equal(
                Enumerable.Range(1, (int)cluster.Log("web-1").Generated),
                logs.Lines.Where(line => line.ClusterName == cluster.Name).Select(line => LogNumbers.Of(line.Line)));
        }

        Assert.DoesNotContain(logs.Notices, notice => notice.Type == LogNoticeType.Gap);
        Assert.All(logs.Notices.Where(notice => notice.Type is LogNoticeType.Interrupted or LogNoticeType.Resumed), notice => Assert.Equal("sim-1", notice.ClusterName));
        Assert.DoesNotContain(logs.Faults, fault => fault.Cluster!.ClusterName == "sim-2");
    }

    [Fact]
    public async Task An_outage_that_lasts_is_a_fault_once()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        foreach (var pod in new[] { "web-1", "web-2" })
            cluster.AddRunning(pod);
        await using var logs = new TestLogs(session, Following with { Names = ["web-1", "web-2"] });
        cluster.Log("web-1").Append("before");
        cluster.Log("web-2").Append("before");
        await logs.LinesAsync(2);
        await cluster.StopAsync();
        await logs.UntilAsync(() => logs.Faults.Any(), "the fault is told");
        await Task.Delay(1500, TestContext.Current.CancellationToken); // more attempts fail, of both streams
        await cluster.StartAgainAsync();
        await logs.UntilAsync(() => logs.Notices.Any(notice => notice.Type == LogNoticeType.Resumed), "the streams go on");
        cluster.Log("web-2").Append("after");
        await logs.LinesAsync(3);
        var fault = Assert.Single(logs.Faults);
        Assert.Equal("sim-1", fault.Cluster!.ClusterName);
        Assert.EndsWith("It is tried again by itself.", fault.Advice, StringComparison.Ordinal);
        Assert.Single(logs.Notices, notice => notice.Type == LogNoticeType.Interrupted);
    }

    [Fact]
    public async Task Files_that_rotate_under_an_open_stream_lose_nothing()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.Logs.RotateAt = 5_000;
        cluster.AddRunning("web-1");
        await using var logs = new TestLogs(session, Following);
        await TestSession.UntilAsync(() => cluster.ActiveRequests == 2, "the log is followed");
        cluster.Log("web-1").LinesPerSecond = 2000;
        await logs.LinesAsync(2000);
        Assert.Equal(Enumerable.Range(1, 2000), logs.Lines.Take(2000).Select(line => LogNumbers.Of(line.Line)));
        Assert.Empty(logs.Notices);
    }

    [Fact]
    public async Task Streams_that_end_with_their_file_go_on_in_the_next_and_have_no_gap()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.Logs.FollowEndsWithFile = true;
        cluster.AddRunning("web-1");
        cluster.Write("web-1", "a", "b");
        await using var logs = new TestLogs(session, Following);
        await logs.LinesAsync(2);
        cluster.Log("web-1").Rotate();
        cluster.Write("web-1", "c");
        await logs.LinesAsync(3);
        cluster.Write("web-1", "d");
        await logs.LinesAsync(4);
        Assert.Equal(["a", "b", "c", "d"], logs.Texts);
        Assert.Empty(logs.Notices);
    }

    [Fact]
    public async Task What_was_rotated_away_while_a_stream_was_broken_is_told_as_a_gap()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.Write("web-1", "a");
        await using var logs = new TestLogs(session, Following);
        await logs.LinesAsync(1);
        await cluster.StopAsync();
        await logs.NoticeAsync(LogNoticeType.Interrupted);
        cluster.Write("web-1", "lost");
        cluster.Log("web-1").Rotate();
        cluster.Write("web-1", "b");
        await cluster.StartAgainAsync();
        await logs.LinesAsync(2);
        await logs.NoticeAsync(LogNoticeType.Gap, "web-1");
        Assert.Equal(["a", "b"], logs.Texts);
        var gap = logs.Notices.Single(notice => notice.Type == LogNoticeType.Gap);
        Assert.Equal((logs.Lines.First().Timestamp.LocalDateTime, logs.Lines.Last().Timestamp.LocalDateTime), (gap.From, gap.To));
        Assert.Contains(logs.Items.OfType<MultiCluster.FanOut.FanOutNotice>(), notice => notice is { Level: MultiCluster.FanOut.NoticeLevel.Warning, Data: KubeLogNotice { Type: LogNoticeType.Gap } });
    }

    [Fact]
    public async Task What_an_instance_wrote_before_its_restart_while_the_stream_was_broken_comes_before_the_next_ones_lines()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.Write("web-1", "a");
        await using var logs = new TestLogs(session, Following);
        await logs.LinesAsync(1);
        await cluster.StopAsync();
        await logs.NoticeAsync(LogNoticeType.Interrupted);
        cluster.Write("web-1", "b");
        cluster.Logs.Start(LogPods.Namespace, "web-1", "app");
        cluster.Write("web-1", "c");
        await cluster.StartAgainAsync();
        await logs.LinesAsync(3);
        Assert.Equal(["a", "b", "c"], logs.Texts);
        Assert.DoesNotContain(logs.Notices, notice => notice.Type == LogNoticeType.Gap);
    }

    [Fact]
    public async Task Instances_that_came_and_went_while_the_stream_was_broken_are_told_as_a_gap()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.Write("web-1", "a");
        await using var logs = new TestLogs(session, Following);
        await logs.LinesAsync(1);
        await cluster.StopAsync();
        await logs.NoticeAsync(LogNoticeType.Interrupted);
        for (var run = 0; run < 3; run++)
            cluster.Logs.Start(LogPods.Namespace, "web-1", "app");
        cluster.Write("web-1", "b");
        await cluster.StartAgainAsync();
        await logs.LinesAsync(2);
        Assert.Contains("more than once", logs.Notices.Single(notice => notice.Type == LogNoticeType.Gap).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_line_that_the_runtime_stores_in_pieces_is_one_line_however_often_the_stream_breaks()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.Logs.RotateAt = long.MaxValue;
        cluster.AddRunning("web-1");
        var texts = Enumerable.Range(1, 20).Select(i => new string((char)('a' + i), i * 5000)).ToArray();
        cluster.Faults.Add(ClusterFault.StreamBreaks(5).When(request => request.Subresource == "log").Times(3));
        cluster.Write("web-1", texts);
        await using var logs = new TestLogs(session, Following);
        await logs.LinesAsync(20);
        Assert.Equal(texts.Select(text => text.Length), logs.Texts.Select(text => text.Length));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 330)]
    public async Task Timestamps_of_any_form_join(bool trims, int offset)
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        (cluster.Logs.TrimsTimestamps, cluster.Logs.UtcOffset) = (trims, TimeSpan.FromMinutes(offset));
        cluster.AddRunning("web-1");
        cluster.Faults.Add(ClusterFault.StreamEnds(7).When(request => request.Subresource == "log").Times(2));
        cluster.Write("web-1", [.. Enumerable.Range(0, 20).Select(i => $"{i}")]);
        await using var logs = new TestLogs(session, Following);
        await logs.LinesAsync(20);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), logs.Texts);
    }

    [Fact]
    public async Task A_server_that_has_just_started_may_forbid_what_it_allowed_before()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.Write("web-1", "a");
        await using var logs = new TestLogs(session, Following);
        await logs.LinesAsync(1);
        await cluster.StopAsync();
        await logs.NoticeAsync(LogNoticeType.Interrupted);
        cluster.Faults.Add(ClusterFault.Forbidden().When(request => request.Subresource == "log").Times(2));
        cluster.Write("web-1", "b");
        await cluster.StartAgainAsync();
        await logs.LinesAsync(2);
        Assert.DoesNotContain(logs.Faults, fault => fault.Phase == FaultPhase.Forbidden);
    }
}
