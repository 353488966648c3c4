using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Sends a call again, three times at most, when its fault may pass by itself; <see cref="ApiExchange.MayRetry"/> decides.</summary>
internal sealed class RetryHandler(TimeProvider time, Func<double> random, ApiTelemetry telemetry) : DelegatingHandler
{
    private const int MaxRetries = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = ApiExchange.Of(request);
        while (true)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException failed) when (exchange.Attempt <= MaxRetries && exchange.MayRetry(failed.Fault, random))
            {
                telemetry.Retried();
            }

            await Task.Delay(exchange.Pause, time, cancellationToken).ConfigureAwait(false);

            // A connection that the last message has begun to make still knows that message, and its attempt.
            request = exchange.NewMessage();
        }
    }
}
