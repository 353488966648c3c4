using System.Diagnostics;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Changes;
using MultiCluster.Tests.Logs;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.FanOut;

/// <summary>How soon a call that is given up lets go of its connections. Beside the leak tests, for nothing else may run meanwhile.</summary>
[Collection(nameof(LeakTests))]
public sealed class OpenConnectionTests
{
    private static readonly ResourceQuery ConfigMaps = new() { Kinds = ["configmaps"], AllNamespaces = true };

    public static TheoryData<string> Faults => ["is dead", "accepts and never answers", "answers byte by byte"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Within_a_second_of_the_stop_no_connection_is_open_to_a_cluster_that(string how)
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 0, ConfigMaps = 100 });
        var clusters = session.Fleet.Clusters;
        foreach (var cluster in clusters)
        {
            cluster.Faults.Add(how switch
            {
                "is dead" => ClusterFault.BlackHole(),
                "accepts and never answers" => ClusterFault.NeverAnswer(),
                _ => ClusterFault.Trickle(100, TimeSpan.FromMilliseconds(50)),
            });
        }

        var run = session.Start(ConfigMaps);
        await using var _ = run;
        await TestSession.UntilAsync(() => clusters.All(cluster => cluster.OpenConnections == 1 && (how == "is dead" || cluster.ActiveRequests == 1)), "each is being asked");

        var clock = Stopwatch.StartNew();
        await run.DisposeAsync();
        await TestSession.UntilAsync(() => clusters.All(cluster => cluster.OpenConnections == 0), "no connection is open");

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 1);
        Assert.Equal(3, run.Report(1).Skipped);
        Assert.All(session.Pool.Selected, cluster => Assert.Equal(0, cluster.Connection!.Telemetry!.InFlight));
    }

    public static TheoryData<string> Watches => ["is quiet", "changes all the time", "is not read fast enough", "accepts the watch and never answers", "sends its list byte by byte", "refuses the watch"];

    [Theory]
    [MemberData(nameof(Watches))]
    public async Task Within_a_second_of_the_stop_no_watch_is_open_on_a_cluster_that(string how)
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 20, ConfigMaps = 100 });
        var clusters = session.Fleet.Clusters;
        var churns = new List<Churn>();
        foreach (var cluster in clusters)
        {
            if (how is "changes all the time" or "is not read fast enough")
                churns.Add(Churn.Start(cluster, new ChurnOptions { WritesPerSecond = 500 }));
            else if (how != "is quiet")
                cluster.Faults.Add(Fault(how));
        }

        await using var watch = new TestWatch(session, new WatchQuery { Kinds = ["pods", "configmaps"], AllNamespaces = true });
        if (how is "is quiet" or "changes all the time")
            await watch.ConnectedAsync(6);
        else
            await TestSession.UntilAsync(() => clusters.All(cluster => cluster.Requests.All.Count(request => request.Path.EndsWith("/pods", StringComparison.Ordinal) || request.Path.EndsWith("/configmaps", StringComparison.Ordinal)) >= 2), "each is being asked");
        var clock = Stopwatch.StartNew();
        await watch.DisposeAsync();
        await AreIdleAsync(clusters);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 1);
        var report = watch.Run.Report(1);
        Assert.Equal(3, report.Skipped + report.Failed); // one that refuses has told so already, or not yet
        foreach (var churn in churns)
            await churn.DisposeAsync();

        static ClusterFault Fault(string how) => how switch
        {
            "accepts the watch and never answers" => ClusterFault.NeverAnswer().When(request => request.Verb == "watch"),
            "sends its list byte by byte" => ClusterFault.Trickle(100, TimeSpan.FromMilliseconds(50)).When(request => request.Resource.Length > 0),
            _ => ClusterFault.Unavailable().When(request => request.Verb == "watch"),
        };
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Within_a_second_of_the_stop_no_log_is_open(bool dispose)
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty with { Clusters = 3 });
        var clusters = session.Fleet.Clusters;
        foreach (var cluster in clusters)
        {
            for (var i = 0; i < 10; i++)
                cluster.AddRunning($"web-{i}");
        }

        await using var logs = new TestLogs(session, LogPods.Following);
        await TestSession.UntilAsync(() => clusters.All(cluster => cluster.ActiveRequests == 11), "ten logs and their pods are followed");
        var clock = Stopwatch.StartNew();
        if (dispose)
            await logs.DisposeAsync();
        else
            logs.Run.Stop();
        await AreIdleAsync(clusters);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 1);
        Assert.Equal(3, logs.Run.Report(1).Skipped);
    }

    /// <summary>No request is under way, and no connection is open but those that lists have left for the next call: one for each of two kinds.</summary>
    private static Task AreIdleAsync(IReadOnlyList<SimulatedCluster> clusters) =>
        TestSession.UntilAsync(() => clusters.All(cluster => cluster.ActiveRequests == 0 && cluster.OpenConnections <= 2), "no stream is open");
}
