using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace MultiCluster.Sandbox.Hosting;

/// <summary>Kestrel's transport: gives every cluster its own listener.</summary>
internal sealed class ClusterTransport(ILoggerFactory loggers) : IConnectionListenerFactory, IDisposable
{
    private readonly SocketConnectionContextFactory _connections = new(new SocketConnectionFactoryOptions(), loggers.CreateLogger<ClusterTransport>());

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new ClusterListener((IPEndPoint)endpoint, _connections);
        ((ClusterEndPoint)endpoint).Cluster.Attach(listener);
        return ValueTask.FromResult<IConnectionListener>(listener);
    }

    public void Dispose() => _connections.Dispose();
}
