using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Logs;
using MultiCluster.Logs.Streams;
using MultiCluster.Objects;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Hosting;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Logs;

public sealed class ReadLogsTests
{
    [Fact]
    public async Task A_pods_log_comes_as_lines_that_carry_where_they_are_from()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.WriteAt("web-1", 1, 2);
        cluster.Log("web-1").Append("""{"level":"warn","ms":12}""");
        var logs = await TestLogs.ReadAsync(session, LogPods.All with { Names = ["web-1"] });
        Assert.Equal(["1", "2"], logs.Texts.SkipLast(1));
        var line = logs.Lines.First();
        Assert.Equal(("fleet.yaml:sim-1", "sim-1", "web", "web-1", "app"), (line.ClusterId, line.ClusterName, line.Namespace, line.Pod, line.Container));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, 1, TimeSpan.Zero), line.Timestamp);
        Assert.Equal("warn", logs.Lines.Last().Json!["Level"]);
        Assert.Empty(logs.Faults);
    }

    [Fact]
    public async Task What_the_query_wants_of_each_log_is_asked_of_the_server()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.WriteAt("web-1", 1000, 2000, 3000, 4000);
        Assert.Equal(["3000", "4000"], (await TestLogs.ReadAsync(session, LogPods.All with { Tail = 2 })).Texts);
        Assert.Equal(["2000", "3000", "4000"], (await TestLogs.ReadAsync(session, LogPods.All with { SinceTime = new(2026, 1, 31, 12, 0, 2, TimeSpan.Zero) })).Texts);
        cluster.Write("web-1", "now");
        Assert.Equal(["now"], (await TestLogs.ReadAsync(session, LogPods.All with { Since = TimeSpan.FromHours(1) })).Texts);
        cluster.Logs.Start(LogPods.Namespace, "web-1", "app");
        cluster.Write("web-1", "next");
        Assert.Equal(["next"], (await TestLogs.ReadAsync(session, LogPods.All)).Texts);
        Assert.Equal("now", (await TestLogs.ReadAsync(session, LogPods.All with { Previous = true })).Texts.Last());
    }

    [Fact]
    public async Task Patterns_pick_lines_before_objects_are_made_of_them()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.Write("web-1", "an ERROR", "all is well", "an error in /healthz");
        var logs = await TestLogs.ReadAsync(session, LogPods.All with { Include = ["error"], Exclude = ["healthz"] });
        Assert.Equal(["an ERROR"], logs.Texts);
        Assert.Equal(1, logs.Run.Report(1).Objects);
    }

    [Fact]
    public async Task A_pattern_that_never_gets_done_is_an_error_of_the_cluster_and_no_hang()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.Write("web-1", new string('a', 60) + "!");
        var fault = Assert.Single((await TestLogs.ReadAsync(session, LogPods.All with { Include = ["^(a+)+$"] })).Faults);
        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.StartsWith("sim-1: cannot pick lines: the pattern '^(a+)+$' was not done", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_of_many_clusters_and_containers_come_in_the_order_of_time()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty with { Clusters = 3 });
        var random = new Random(3);
        foreach (var cluster in session.Fleet.Clusters)
        {
            for (var i = 0; i < 5; i++)
            {
                cluster.AddRunning($"web-{i}");
                cluster.WriteAt($"web-{i}", [.. Enumerable.Range(0, 400).Select(_ => random.Next(1_000_000)).Order()]);
            }
        }

        var logs = await TestLogs.ReadAsync(session, LogPods.All);
        Assert.Equal(3 * 5 * 400, logs.Lines.Count());
        Assert.Equal(logs.Lines.OrderBy(line => line.Timestamp).Select(line => line.Line), logs.Texts);
        foreach (var cluster in logs.Items.GroupBy(item => item.Cluster))
            Assert.IsType<FanOutDone>(cluster.Last());
    }

    [Fact]
    public async Task More_containers_than_streams_are_all_read_so_many_at_a_time()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty with { Clusters = 2 });
        var most = 0;
        foreach (var cluster in session.Fleet.Clusters)
        {
            for (var i = 0; i < 30; i++)
            {
                cluster.AddRunning($"web-{i:00}");
                cluster.Write($"web-{i:00}", "a", "b");
            }

            cluster.Faults.Add(ClusterFault.Latency(TimeSpan.FromMilliseconds(10)).When(request =>
            {
                var open = session.Fleet.Clusters.Sum(one => one.Requests.All.Count(record => record.Path.EndsWith("/log", StringComparison.Ordinal) && record.Status == 0));
                InterlockedMax(ref most, open);
                return request.Subresource == "log";
            }));
        }

        var logs = await TestLogs.ReadAsync(session, LogPods.All with { MaxStreams = 6 });
        Assert.Equal(2 * 30 * 2, logs.Lines.Count());
        Assert.InRange(most, 3, 6);
        Assert.Empty(logs.Faults);
        // A cluster that comes first takes more than its share until the other is there.
        Assert.All(logs.Notices, notice => Assert.Equal(LogNoticeType.PartlyOrdered, notice.Type));
        Assert.All(logs.Notices, notice => Assert.InRange(notice.Count ?? 0, 1, 27));
        Assert.Equal(2, logs.Notices.Count());
    }

    [Fact]
    public async Task A_log_that_breaks_off_is_gone_on_with_where_it_broke()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.WriteAt("web-1", [.. Enumerable.Range(0, 3000)]);
        cluster.Faults.Add(ClusterFault.StreamBreaks(1000, reset: true).Times(2));
        var logs = await TestLogs.ReadAsync(session, LogPods.All);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => $"{i}"), logs.Texts);
        Assert.Empty(logs.Faults);
        Assert.Equal(3, Logs(cluster).Count());
    }

    [Fact]
    public async Task A_container_without_a_log_is_an_error_where_its_pod_is_named_and_else_a_notice()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1");
        cluster.Write("web-1", "a");
        cluster.AddWaiting("web-2");
        var all = await TestLogs.ReadAsync(session, LogPods.All);
        Assert.Equal(["a"], all.Texts);
        Assert.Empty(all.Faults);
        Assert.Equal((LogNoticeType.Waiting, "web-2"), (all.Notices.Single().Type, all.Notices.Single().Pod));

        var named = await TestLogs.ReadAsync(session, LogPods.All with { Names = ["web-1", "web-2"] });
        Assert.Equal(["a"], named.Texts);
        var fault = Assert.Single(named.Faults);
        Assert.StartsWith("sim-1: cannot read the log of container app of pod web/web-2: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-Follow", fault.Advice, StringComparison.Ordinal);
        Assert.IsType<KubePod>(named.Items.OfType<FanOutFault>().Single().Target);
    }

    [Fact]
    public async Task What_fails_of_one_container_ends_no_other()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        foreach (var name in new[] { "web-1", "web-2", "web-3" })
        {
            cluster.AddRunning(name);
            cluster.Write(name, name);
        }

        cluster.Faults.Add(ClusterFault.Forbidden().When(request => request is { Subresource: "log", Name: "web-2" }));
        var logs = await TestLogs.ReadAsync(session, LogPods.All with { Names = ["web-1", "web-2", "web-3", "web-4"] });
        Assert.Equal(["web-1", "web-3"], logs.Texts.Order());
        Assert.Equal([FaultPhase.Forbidden, FaultPhase.NotFound], logs.Faults.Select(fault => fault.Phase).Order());
        Assert.Contains("get pods/log", logs.Faults.Single(fault => fault.Phase == FaultPhase.Forbidden).Advice, StringComparison.Ordinal);

        var previous = await TestLogs.ReadAsync(session, LogPods.All with { Names = ["web-1"], Previous = true });
        Assert.Contains("-Previous", Assert.Single(previous.Faults).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_ten_clusters_one_dead_and_one_that_refuses_the_login_change_nothing_for_the_other_eight()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty with { Clusters = 10 });
        foreach (var cluster in session.Fleet.Clusters)
        {
            cluster.AddRunning("web-1");
            cluster.WriteAt("web-1", [.. Enumerable.Range(0, 200)]);
        }

        session.Fleet["sim-3"].Faults.Add(ClusterFault.BlackHole());
        session.Fleet["sim-7"].Faults.Add(ClusterFault.Unauthorized());
        await using var logs = new TestLogs(session, LogPods.All, timeouts: new RequestTimeouts { Silence = TimeSpan.FromSeconds(10) });
        await logs.LinesAsync(8 * 200); // long before the dead one's time is over
        Assert.DoesNotContain(logs.Faults, fault => fault.Phase == FaultPhase.Timeout);
        await logs.EndAsync();
        Assert.Equal(["sim-3 Timeout", "sim-7 Unauthorized"], logs.Faults.Select(fault => $"{fault.Cluster!.ClusterName} {fault.Phase}").Order());
        Assert.Equal(logs.Lines.OrderBy(line => line.Timestamp).Select(line => line.Line), logs.Texts);
        Assert.Equal((8, 2), (logs.Run.Report(1).Answered, logs.Run.Report(1).Failed));
    }

    [Fact]
    public async Task A_slow_reader_slows_the_sockets_and_fills_no_memory()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty with { Clusters = 2 });
        var line = new string('x', 2000);
        foreach (var cluster in session.Fleet.Clusters)
        {
            cluster.Logs.RotateAt = long.MaxValue;
            cluster.AddRunning("web-1");
            for (var i = 0; i < 20_000; i++)
                cluster.Log("web-1").Append(line);
        }

        await using var logs = new TestLogs(session, LogPods.All);
        await TestSession.UntilAsync(() => logs.Run.Items.Count == 64, "the channel is full");
        await TestSession.UntilAsync(() => session.Fleet.Clusters.All(cluster => cluster.ActiveRequests == 1), "both are being read");
        Assert.InRange(logs.Run.Progress.Objects, 1, 10_000); // of 40,000
        await logs.EndAsync();
        Assert.Equal(40_000, logs.Lines.Count());
    }

    [Fact]
    public async Task Stopping_in_the_middle_ends_all_requests_at_once()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 40, LogLinesPerSecond = 1000 });
        await using var logs = new TestLogs(session, new LogQuery { AllNamespaces = true });
        await logs.LinesAsync(1);
        var started = TimeProvider.System.GetTimestamp();
        await logs.DisposeAsync();
        await TestSession.UntilAsync(() => session.Fleet.Clusters.All(cluster => cluster.ActiveRequests == 0), "no request is under way");
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("no/thing/", "names nothing")]
    [InlineData("we b", "cannot be the name")]
    public void A_name_that_can_name_nothing_is_refused(string name, string why) => AssertRefused(LogPods.All with { Names = [name] }, why);

    [Fact]
    public void Settings_that_exclude_each_other_are_refused()
    {
        AssertRefused(LogPods.All with { Follow = true, Previous = true }, "cannot be followed");
        AssertRefused(LogPods.All with { Since = TimeSpan.FromSeconds(1), SinceTime = DateTimeOffset.UnixEpoch }, "both");
        AssertRefused(LogPods.All with { Tail = -1 }, "negative");
        AssertRefused(LogPods.All with { MaxStreams = 0 }, "Without a stream");
        AssertRefused(LogPods.All with { Include = ["("] }, "no regular expression");
    }

    private static void AssertRefused(LogQuery query, string why)
    {
        var fault = Assert.Throws<FaultException>(() => new LogReader(query, 1, TimeProvider.System)).Fault;
        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.Contains(why, fault.Detail, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<RequestRecord> Logs(SimulatedCluster cluster) =>
        cluster.Requests.All.Where(request => request.Path.EndsWith("/log", StringComparison.Ordinal));

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, now, seen);
    }
}
