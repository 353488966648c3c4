using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>One attempt: its waits are bounded, and whatever is thrown becomes a fault, unless the caller has given up. It is in flight to the end of its answer's body.</summary>
internal sealed class AttemptHandler(AttemptFailures failures, ApiTelemetry telemetry, CancellationToken closed) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = ApiExchange.Of(request);
        var attempt = new ApiAttempt(exchange, exchange.NewTimer(closed, cancellationToken), failures, telemetry);
        request.Options.Set(ApiAttempt.Key, attempt);
        request.Options.Set(AttemptTimer.Key, attempt.Timer);
        telemetry.Began();
        attempt.WhenEnded(telemetry.Ended);
        try
        {
            return await base.SendAsync(request, attempt.Timer.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // What it means is found out before it gives its place back: the next call asks whether the cluster is there.
            var outcome = OutcomeOf(attempt, exception);
            attempt.Dispose();
            if (ReferenceEquals(outcome, exception))
                throw;
            throw outcome;
        }
        finally
        {
            exchange.EndAttempt(attempt.Timer.Waited);
        }
    }

    private Exception OutcomeOf(ApiAttempt attempt, Exception exception)
    {
        // A connection that it was making has been ended under it.
        if (attempt.Timer.IsGivenUp)
            return new OperationCanceledException(exception.Message, exception, attempt.Timer.Caller);
        return exception as FaultException ?? new FaultException(failures.Of(attempt, exception));
    }
}
