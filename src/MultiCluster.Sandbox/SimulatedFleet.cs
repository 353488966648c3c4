using MultiCluster.Sandbox.Data;
using MultiCluster.Sandbox.Faults;
using MultiCluster.Sandbox.Hosting;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox;

/// <summary>Simulated clusters in this process, each at a port of its own on 127.0.0.1.</summary>
public sealed class SimulatedFleet : IAsyncDisposable
{
    private readonly WebApplication _host;

    private SimulatedFleet(IReadOnlyList<SimulatedCluster> clusters, WebApplication host)
    {
        Clusters = clusters;
        _host = host;
    }

    public IReadOnlyList<SimulatedCluster> Clusters { get; }

    /// <summary>The cluster of this name.</summary>
    public SimulatedCluster this[string name] => Clusters.First(c => c.Name == name);

    /// <summary>Generates the clusters' objects and starts to listen.</summary>
    public static async Task<SimulatedFleet> StartAsync(FleetOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FleetOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Clusters, 1, "options.Clusters");
        var clusters = new SimulatedCluster[options.Clusters];
        await Parallel.ForAsync(0, clusters.Length, cancellationToken, (i, _) =>
        {
            clusters[i] = Create(i, options);
            return ValueTask.CompletedTask;
        });
        var host = FleetHost.Build([.. clusters.Select(c => c.Host)]);
        await host.StartAsync(cancellationToken);
        if (options.Controllers)
            foreach (var cluster in clusters) cluster.Controllers.Start();
        return new SimulatedFleet(clusters, host);
    }

    /// <summary>Writes one kubeconfig with a context per cluster, named as the cluster.</summary>
    public void WriteKubeconfig(string path, UserKind user = UserKind.AdminToken) => KubeconfigWriter.Write(path, [.. Clusters.Select(c => (c, user))]);

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in Clusters)
        {
            cluster.Faults.Clear();
            cluster.Host.Connections.AbortAll();
        }
        await _host.StopAsync();
        await _host.DisposeAsync();
        foreach (var cluster in Clusters)
        {
            cluster.Controllers.Stop();
            cluster.PodEnder.Dispose();
            await cluster.Containers.DisposeAsync();
            cluster.Certificates.Dispose();
        }
    }

    private static SimulatedCluster Create(int index, FleetOptions options)
    {
        var name = index < options.Names.Count ? options.Names[index] : $"sim-{index + 1}";
        var random = new SeededRandom(unchecked((options.Seed * 397) + index));
        var clock = new ClusterClock(options.Time);
        var store = new ClusterStore(clock, random.NewGuid, PolicyVersions.Of(options.Version));
        var data = new DataOptions(options.Pods) { Index = index, Nodes = options.Nodes, Events = options.Events, ConfigMaps = options.ConfigMaps, Version = options.Version, OpenShift = index >= options.Clusters - options.OpenShift };
        ClusterGenerator.Fill(store, data, random);
        return new SimulatedCluster(name, options, clock, store, new SeededRandom(random.Next(int.MaxValue)));
    }
}
