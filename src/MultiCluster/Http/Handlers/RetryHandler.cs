using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Sends a call again, three times at most, when its fault may pass by itself; <see cref="ApiCall.MayRetry"/> decides.</summary>
internal sealed class RetryHandler(TimeProvider time, Func<double> random, ApiTelemetry telemetry) : DelegatingHandler
{
    private const int MaxRetries = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = ApiCall.Of(request);
        while (true)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException failed) when (call.Attempt <= MaxRetries && call.MayRetry(failed.Fault, random))
            {
                telemetry.Retried();
            }

            await Task.Delay(call.Pause, time, cancellationToken).ConfigureAwait(false);

            // A connection that the last message has begun to make still knows that message, and its attempt.
            request = call.NewMessage();
        }
    }
}
