using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Views;

/// <summary>Two clusters with the same objects of the same ages in every run.</summary>
public sealed class SampleFleet : IAsyncLifetime
{
    private readonly StoppedClock _clock = new();

    public SimulatedFleet Fleet { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Fleet = await SimulatedFleet.StartAsync(
        new FleetOptions { Clusters = 2, Names = ["prod-eu", "staging"], Pods = 24, Events = 4, LogLinesPerSecond = 0, Time = _clock }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Fleet.DisposeAsync();

    /// <summary>A PowerShell in front of them, at their time.</summary>
    internal Shell Open() => new(Fleet, time: _clock);

    /// <summary>Compares what a terminal shows of a command when clusters are selected, as <see cref="Screens.AssertShows"/> does.</summary>
    internal void AssertShows(string selected, string command, string expected)
    {
        using var shell = Open().Select(selected);
        shell.AssertShows(command, expected);
    }
}
