using System.Net.WebSockets;
using k8s;
using MultiCluster.Faults;

namespace MultiCluster.Typed.Transport;

/// <summary>Opens WebSockets through the cluster's own client: its TLS, its login, its faults.</summary>
internal sealed class TransportWebSocket(ClusterTransport transport) : WebSocketBuilder
{
    /// <inheritdoc/>
    public override async Task<WebSocket> BuildAndConnectAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var invoker = new HttpMessageInvoker(new TransportHandler(transport));
        try
        {
            await WebSocket.ConnectAsync(uri, invoker, cancellationToken).ConfigureAwait(false);
            return WebSocket;
        }
        catch (WebSocketException e) when (e.InnerException is FaultException inner)
        {
            WebSocket.Dispose();
            if (inner.Fault.HttpStatus is null)
                throw inner;
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            throw Refusals.Of(inner, request, "");
        }
    }
}
