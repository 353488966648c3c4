using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

public sealed class BadAnswerTests
{
    private const string Operation = "sim-2: cannot list configmaps in all namespaces: ";

    public static TheoryData<string, bool, FaultPhase, string> Answers => new()
    {
        { "truncated", false, FaultPhase.Decode, "the answer ended in the middle of the list" },
        { "malformed", false, FaultPhase.Decode, "the answer" },
        { "short", false, FaultPhase.Connect, "connection" },
        { "reset", false, FaultPhase.Connect, "connection" },
        { "truncated", true, FaultPhase.Decode, "the answer" },
        { "malformed", true, FaultPhase.Decode, "answer" },
        { "short", true, FaultPhase.Connect, "connection" },
        { "reset", true, FaultPhase.Connect, "connection" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task What_arrived_before_an_answer_broke_is_kept(string how, bool gzip, FaultPhase phase, string says)
    {
        await using var session = await TestSession.StartAsync(new FleetOptions { Clusters = 2, Pods = 0, ConfigMaps = 400 });
        if (gzip)
            session.Fleet["sim-2"].Faults.Add(ClusterFault.Far());
        else
            session.Folder.Write("fleet.yaml", (await File.ReadAllTextAsync(session.Kubeconfig, TestContext.Current.CancellationToken)).Replace("server:", "disable-compression: true\n    server:", StringComparison.Ordinal));
        await session.Pool.SelectAsync(new SelectionRequest { All = true }, TestContext.Current.CancellationToken);
        var cut = gzip ? 12_000 : 60_000;
        var whole = (await session.ReadAsync("configmaps")).Names("sim-2");
        session.Fleet["sim-2"].Faults.Add(how switch
        {
            "truncated" => ClusterFault.Truncate(cut),
            "malformed" => ClusterFault.MalformedJson(cut),
            "short" => ClusterFault.WrongContentLength(cut),
            _ => ClusterFault.ResetAfter(cut),
        });
        var answer = await session.ReadAsync("configmaps");
        var fault = answer.Fault("sim-2");
        Assert.Equal(phase, fault.Phase);
        Assert.Contains(says, fault.Detail, StringComparison.Ordinal);
        Assert.StartsWith(Operation, fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.Advice);
        Assert.Equal(411, answer.Names("sim-1").Count);

        // A reset may overtake what the client has not read yet.
        var kept = answer.Names("sim-2");
        Assert.Equal(whole.Take(kept.Count), kept);
        Assert.InRange(kept.Count, phase == FaultPhase.Connect ? 0 : 50, whole.Count - 1);
    }

    public static TheoryData<string, FaultPhase, string> Statuses => new()
    {
        { "page", FaultPhase.Server, "HTML page" },
        { "login page", FaultPhase.Decode, "HTML page" },
        { "type", FaultPhase.Decode, "text/plain in place of JSON" },
        { "500", FaultPhase.Server, "InternalError" },
        { "403", FaultPhase.Forbidden, "cannot list resource" },
        { "expired certificate", FaultPhase.Tls, "expired" },
        { "unknown authority", FaultPhase.Tls, "" },
        { "refused", FaultPhase.Connect, "refused the connection" },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task What_is_no_answer_is_a_fault_that_names_cluster_and_operation(string how, FaultPhase phase, string says)
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        session.Fleet["sim-2"].Faults.Add(how switch
        {
            "page" => ClusterFault.ProxyPage(),
            "login page" => ClusterFault.ProxyPage(200),
            "type" => ClusterFault.ContentType("text/plain"),
            "500" => ClusterFault.InternalError(),
            "403" => ClusterFault.Forbidden(),
            "expired certificate" => ClusterFault.ExpiredCertificate(),
            "unknown authority" => ClusterFault.UnknownAuthority(),
            _ => ClusterFault.Refuse(),
        });
        var answer = await session.ReadAsync("configmaps");
        var fault = answer.Fault("sim-2");
        Assert.Equal(phase, fault.Phase);
        Assert.Contains(says, fault.Detail, StringComparison.Ordinal);
        Assert.StartsWith(Operation, fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.Advice);
        Assert.Equal(11, answer.Objects.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_throttled_or_unavailable_cluster_is_asked_again_after_the_time_it_says(bool throttled)
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 }, options: made => made with { Time = time });
        var wait = TimeSpan.FromSeconds(7);
        var cluster = session.Fleet.Clusters[0];
        cluster.Faults.Add((throttled ? ClusterFault.Throttle(wait) : ClusterFault.Unavailable(wait)).Times(1));
        var reading = session.ReadAsync("configmaps");
        await TestSession.UntilAsync(
            () =>
            {
                // Time passes only between the attempts, so that it cannot run out for one.
                if (cluster.Requests.Count == 1 && session.Connection("sim-1").Telemetry!.InFlight == 0)
                    time.Advance(TimeSpan.FromSeconds(1));
                return reading.IsCompleted;
            },
            "the call has ended");
        Assert.Equal(11, (await reading).Objects.Count);
        var all = cluster.Requests.All;
        Assert.Equal([throttled ? 429 : 503, 200], all.Select(request => request.Status));
    }

    [Fact]
    public async Task A_cluster_that_stays_throttled_is_a_fault_with_the_time_to_come_again()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        session.Fleet.Clusters[0].Faults.Add(ClusterFault.Throttle(TimeSpan.FromHours(1)));
        var fault = Assert.Single((await session.ReadAsync("configmaps")).Faults);
        Assert.Equal(FaultPhase.Throttled, fault.Phase);
        Assert.Equal(TimeSpan.FromHours(1), fault.RetryAfter);
        Assert.Equal(1, session.Fleet.Clusters[0].Requests.Count);
    }

    [Fact]
    public async Task Objects_of_a_megabyte_come_whole()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        session.Fleet.Clusters[0].Faults.Add(ClusterFault.HugeObjects(5));
        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["configmaps"], Namespaces = ["default"] });
        Assert.Empty(answer.Faults);
        Assert.Equal(["huge-1", "huge-2", "huge-3", "huge-4", "huge-5", "kube-root-ca.crt"], answer.Names("sim-1"));
        Assert.All(answer.Objects.SkipLast(1), item => Assert.InRange(item.ToJson().Length, 1_000_000, 1_100_000));
    }

    [Fact]
    public async Task A_cluster_that_is_slow_but_not_silent_is_read_to_the_end()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        session.Fleet.Clusters[0].Faults.Add(ClusterFault.Trickle(500, TimeSpan.FromMilliseconds(1)));
        var answer = await session.ReadAsync("configmaps");
        Assert.Empty(answer.Faults);
        Assert.Equal(11, answer.Objects.Count);
    }
}
