using System.Diagnostics;
using MultiCluster.Reading;
using MultiCluster.Sandbox;
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
}
