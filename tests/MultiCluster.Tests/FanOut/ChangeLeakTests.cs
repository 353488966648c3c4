using MultiCluster.Changes;
using MultiCluster.Tests.Changes;
using MultiCluster.Tests.Exec;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.FanOut;

/// <summary>What is left of a thousand calls that change, wait, or run commands. Counts what the whole process holds, so nothing else may run meanwhile.</summary>
[Collection(nameof(LeakTests))]
public sealed class ChangeLeakTests
{
    [Fact]
    public async Task After_a_thousand_applies_some_of_them_stopped_nothing_is_left()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open sockets are counted in /proc, which Windows and wine do not have.");
        await using var fleet = await ChangeFleet.StartAsync(clusters: 2);
        await ApplyAsync(fleet, 50);
        var before = ProcessCounts.Now();
        await ApplyAsync(fleet, 1000);
        await fleet.SilentAsync();
        ProcessCounts.Now().AssertNoneSince(before);
        Assert.All(fleet.Session.Pool.Selected, static cluster => Assert.Equal(0, cluster.Connection!.Telemetry!.InFlight));
    }

    [Fact]
    public async Task After_a_thousand_waits_some_of_them_in_vain_nothing_is_left()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open sockets are counted in /proc, which Windows and wine do not have.");
        await using var fleet = await ChangeFleet.StartAsync();
        await WaitAsync(fleet, 50);
        var before = ProcessCounts.Now();
        await WaitAsync(fleet, 1000);
        await fleet.SilentAsync();
        ProcessCounts.Now().AssertNoneSince(before);
    }

    [Fact]
    public async Task After_a_thousand_commands_some_of_them_stopped_nothing_is_left()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open sockets are counted in /proc, which Windows and wine do not have.");
        await using var fleet = await CommandFleet.StartAsync(2);
        await RunAsync(fleet, 50);
        var before = ProcessCounts.Now();
        await RunAsync(fleet, 500);
        await fleet.SilentAsync();
        ProcessCounts.Now().AssertNoneSince(before);
    }

    private static async Task ApplyAsync(ChangeFleet fleet, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            await using var stream = fleet.Start(ChangeFleet.Maps(2, value: $"{i}"));
            if (i % 10 == 9)
                stream.Run.Stop();
            await stream.EndAsync();
        }
    }

    /// <summary>Every other one waits for a Job that is not done, and gives up at once.</summary>
    private static async Task WaitAsync(ChangeFleet fleet, int calls)
    {
        var maps = ChangeFleet.Maps(1);
        var job = ChangeFleet.Apply("{apiVersion: batch/v1, kind: Job, metadata: {name: job}, spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: c, image: x}]}}}}");
        for (var i = 0; i < calls; i++)
            await fleet.ChangeAsync(i % 2 == 0 ? maps : job, new ChangeOptions { Wait = TimeSpan.FromMilliseconds(1) });
    }

    /// <summary>Each in two clusters.</summary>
    private static async Task RunAsync(CommandFleet fleet, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            await using var run = fleet.Start(i % 10 == 9 ? CommandFleet.Query("sleep", "100") : CommandFleet.Query("hostname") with { Input = new byte[10] });
            if (i % 10 == 9)
            {
                await TestSession.UntilAsync(() => fleet.Session.Fleet.Clusters.Any(static cluster => cluster.ActiveRequests > 0), "it runs");
                run.Run.Stop();
            }

            await run.EndAsync();
        }
    }
}
