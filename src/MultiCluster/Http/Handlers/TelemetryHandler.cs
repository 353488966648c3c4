using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Completes a call's fault with cluster and operation, and keeps it.</summary>
internal sealed class TelemetryHandler(ApiTelemetry telemetry, ClusterIdentity cluster) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException failed)
        {
            var fault = ApiExchange.Of(request).Complete(failed.Fault, cluster);
            telemetry.Faulted(fault);
            throw new FaultException(fault);
        }
    }
}
