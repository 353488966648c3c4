using MultiCluster.Sandbox;

namespace MultiCluster.Tests.Sandbox;

/// <summary>A cluster and a client of it, for one test.</summary>
internal sealed class OneCluster : IAsyncDisposable
{
    private readonly SimulatedFleet _fleet;

    private OneCluster(SimulatedFleet fleet)
    {
        _fleet = fleet;
        Cluster = fleet.Clusters[0];
        Client = NewClient(Cluster.AdminToken);
    }

    public SimulatedCluster Cluster { get; }

    public ApiClient Client { get; }

    public static async Task<OneCluster> StartAsync(FleetOptions? options = null) =>
        new(await SimulatedFleet.StartAsync(options ?? new FleetOptions { Pods = 0 }, TestContext.Current.CancellationToken));

    public ApiClient NewClient(string? token) => new(Cluster.Server, Cluster.CaPem, token);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _fleet.DisposeAsync();
    }
}
