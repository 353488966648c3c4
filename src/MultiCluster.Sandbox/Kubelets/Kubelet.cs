using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>
/// A kubelet that a real API server can be pointed at: it registers a node whose address and port are its own, runs the pods that are bound to it,
/// and serves their logs, commands and ports. Its containers are those of the simulator.
/// </summary>
public sealed class Kubelet : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly KubeletServer _server;
    private readonly NodeAgent _node;
    private readonly PodAgent _pods;
    private readonly StatusWriter _status;
    private Task _running = Task.CompletedTask;

    private Kubelet(HttpClient api, KubeletOptions options)
    {
        NodeName = options.NodeName;
        var store = new ClusterStore(TimeProvider.System, Guid.NewGuid, PolicyVersions.Of("v1.33.0"));
        Logs = new ClusterLogs(store, linesPerSecond: 0);
        Containers = new ClusterContainers(store, "v1.20.0") { Image = options.Image, UnpullableImage = options.UnpullableImage };
        _server = new KubeletServer(store, Containers, Logs);
        _node = new NodeAgent(api, store, options);
        _status = new StatusWriter(api, store);
        _pods = new PodAgent(api, store, Containers, Logs, options);
    }

    public string NodeName { get; }

    /// <summary>What there is in its containers.</summary>
    public ClusterContainers Containers { get; }

    /// <summary>What they have written.</summary>
    public ClusterLogs Logs { get; }

    /// <summary>Registers the node and begins to run its pods.</summary>
    /// <param name="api">Talks to the API server as somebody who may do what kubelets do; its base address is the server's.</param>
    /// <param name="options">What it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<Kubelet> StartAsync(HttpClient api, KubeletOptions? options = null, CancellationToken cancellationToken = default)
    {
        var kubelet = new Kubelet(api, options ?? new KubeletOptions());
        try
        {
            var port = await kubelet._server.StartAsync(cancellationToken);
            await kubelet._node.RegisterAsync(port, cancellationToken);
            var stop = kubelet._stop.Token;
            kubelet._running = Task.WhenAll(kubelet._node.RunAsync(stop), kubelet._pods.RunAsync(stop), kubelet._status.RunAsync(stop));
            return kubelet;
        }
        catch
        {
            await kubelet.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _server.DisposeAsync();
        await Containers.DisposeAsync();
        _stop.Dispose();
    }
}
