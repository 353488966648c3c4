using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Support;

/// <summary>Two clusters of two nodes each with three pods of a ReplicaSet, all selected.</summary>
public sealed class DrainFleet : IAsyncDisposable
{
    private DrainFleet(SimulatedFleet fleet, TimeProvider? time) => (Fleet, Shell) = (fleet, new Shell(fleet, time: time).Select("*"));

    internal SimulatedFleet Fleet { get; }

    internal Shell Shell { get; }

    internal int Pods => Fleet.Clusters.Sum(static cluster => cluster.Store.Count("pods"));

    /// <summary>Starts them, at a clock of their own where ages matter.</summary>
    internal static async Task<DrainFleet> StartAsync(TimeProvider? time = null)
    {
        var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0, Time = time ?? TimeProvider.System }, TestContext.Current.CancellationToken);
        foreach (var cluster in fleet.Clusters)
        {
            foreach (var node in new[] { "node-1", "node-2" })
            {
                cluster.AddNode(node);
                for (var i = 0; i < 3; i++)
                    cluster.AddPod($"web-{node[^1]}-{i}", node);
            }
        }

        var drained = new DrainFleet(fleet, time);
        drained.PodsEndAfter(TimeSpan.FromMilliseconds(50));
        return drained;
    }

    internal void PodsEndAfter(TimeSpan time)
    {
        foreach (var cluster in Fleet.Clusters)
            cluster.Controllers.PodTerminationTime = time;
    }

    public ValueTask DisposeAsync()
    {
        Shell.Dispose();
        return Fleet.DisposeAsync();
    }
}
