using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using MultiCluster.Sandbox.Connections;

namespace MultiCluster.Sandbox.Hosting;

/// <summary>Kestrel's transport: gives every cluster its own listener.</summary>
internal sealed class ClusterTransport(ILoggerFactory loggers) : IConnectionListenerFactory, IDisposable
{
    private readonly SocketConnectionContextFactory _connections = new(new SocketConnectionFactoryOptions(), loggers.CreateLogger<ClusterTransport>());

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new ClusterListener((IPEndPoint)endpoint, _connections);
        ((ClusterEndPoint)endpoint).Connections.Attach(listener);
        return ValueTask.FromResult<IConnectionListener>(listener);
    }

    public void Dispose() => _connections.Dispose();
}

/// <summary>A port of 127.0.0.1 that the machine chooses; tells the transport whose it is.</summary>
internal sealed class ClusterEndPoint(ClusterConnections connections) : IPEndPoint(IPAddress.Loopback, 0)
{
    public ClusterConnections Connections => connections;
}
