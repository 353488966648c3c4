using MultiCluster.Faults;

namespace MultiCluster.Typed.Transport;

/// <summary>Lets an <see cref="HttpClient"/> and a WebSocket speak through the cluster's own client.</summary>
internal sealed class TransportHandler(ClusterTransport transport) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.HttpStatus is >= 300 && request.Headers.Upgrade.Count == 0)
        {
            return Refusals.ResponseOf(e.Fault, request);
        }
    }
}
