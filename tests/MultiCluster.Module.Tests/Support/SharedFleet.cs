using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

[assembly: AssemblyFixture(typeof(SharedFleet))]

namespace MultiCluster.Module.Tests.Support;

/// <summary>Three simulated clusters for every test that leaves them as they are.</summary>
public sealed class SharedFleet : IAsyncLifetime
{
    public SimulatedFleet Fleet { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Fleet = await SimulatedFleet.StartAsync(
        new FleetOptions { Clusters = 3, Names = ["prod-eu", "prod-us", "staging"], Pods = 30 }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Fleet.DisposeAsync();
}
