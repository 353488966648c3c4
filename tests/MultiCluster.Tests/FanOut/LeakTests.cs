using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.FanOut;

/// <summary>Counts what the whole process holds, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
[Collection(nameof(LeakTests))]
public sealed class LeakTests
{
    [Fact]
    public async Task After_a_thousand_calls_threads_sockets_and_timers_are_where_they_were()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open sockets are counted in /proc, which Windows and wine do not have.");
        var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 0 }, options: made => made with { Random = static () => 0 });
        var clusters = session.Fleet.Clusters;
        try
        {
            await session.Pool.Preferences.UpdateAsync(
                new MultiCluster.Clusters.PreferenceChange { Qps = 100_000 }.ApplyTo("*"), TestContext.Current.CancellationToken);
            await session.Pool.ApplyPreferencesAsync();
            var query = new ResourceQuery { Kinds = ["configmaps"], Namespaces = ["default"] };
            await CallAsync(session, query, 50);
            var before = ProcessCounts.Now();
            await CallAsync(session, query, 1000);
            var after = ProcessCounts.Now();
            Assert.InRange(after.Sockets, 0, before.Sockets + 6);
            Assert.InRange(after.Timers, 0, before.Timers + 20);
            Assert.InRange(after.Threads, 0, before.Threads + 10);
            Assert.All(clusters, cluster => Assert.InRange(cluster.OpenConnections, 1, 4));
        }
        finally
        {
            await session.Pool.DisposeAsync();
        }

        await TestSession.UntilAsync(() => clusters.All(cluster => cluster.OpenConnections == 0), "no connection is open");
        await session.DisposeAsync();
    }

    [Fact]
    public async Task After_a_thousand_calls_that_were_given_up_or_failed_nothing_is_left_either()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open sockets are counted in /proc, which Windows and wine do not have.");
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 0, ConfigMaps = 600 });
        session.Fleet["sim-2"].Faults.Add(ClusterFault.InternalError());
        await session.Pool.Preferences.UpdateAsync(
            new MultiCluster.Clusters.PreferenceChange { Qps = 100_000 }.ApplyTo("*"), TestContext.Current.CancellationToken);
        await session.Pool.ApplyPreferencesAsync();
        await GiveUpAsync(session, 50);
        var before = ProcessCounts.Now();
        await GiveUpAsync(session, 1000);
        await TestSession.UntilAsync(() => session.Fleet.Clusters.All(cluster => cluster.ActiveRequests == 0), "no request is under way");
        var after = ProcessCounts.Now();
        Assert.InRange(after.Sockets, 0, before.Sockets + 12);
        Assert.InRange(after.Timers, 0, before.Timers + 20);
        Assert.InRange(after.Threads, 0, before.Threads + 10);
        Assert.All(session.Pool.Selected, cluster => Assert.Equal(0, cluster.Connection!.Telemetry!.InFlight));
    }

    /// <summary>Reads the first piece of a call and no more.</summary>
    private static async Task GiveUpAsync(TestSession session, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            await using var run = session.Start(new ResourceQuery { Kinds = ["configmaps"], AllNamespaces = true });
            await run.Items.ReadAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task CallAsync(TestSession session, ResourceQuery query, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            var answer = await session.ReadAsync(query);
            Assert.Empty(answer.Faults);
        }
    }
}
