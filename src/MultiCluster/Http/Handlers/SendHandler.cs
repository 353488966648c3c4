using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Sends on the connections that the login has chosen; counts what is sent and answered, and tells it to who watches the request.</summary>
internal sealed class SendHandler(FaultClassifier classifier, CircuitBreaker breaker, ApiTelemetry telemetry, TimeProvider time, TimeSpan connectTimeout) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var attempt = ApiAttempt.Of(request);
        attempt.Sends(time.GetTimestamp());
        telemetry.Sent();
        try
        {
            attempt.Timer.BeginHeaders(attempt.Exchange.Timeouts.Silence, connectTimeout);
            var response = await attempt.Transport!.SendAsync(request, cancellationToken).ConfigureAwait(false);
            attempt.IsAnsweredBy(response);
            breaker.Answered();
            var status = (int)response.StatusCode;
            var ready = attempt.Timer.ReadyAt;
            var latency = time.GetElapsedTime(ready ?? attempt.SentAt);
            telemetry.Answered(status, latency);
            if (attempt.Exchange.Request.Kind == RequestKind.Probe)
                telemetry.Link.Answered(latency, opened: ready is not null); // what takes a server no time
            Tell(attempt, request, status, latency, null);
            return response;
        }
        catch (Exception exception) when (attempt.Exchange.Request.Observer is not null)
        {
            Tell(attempt, request, null, null, attempt.Timer.IsGivenUp ? "cancelled" : classifier.Of(exception, attempt.Timer, false).Detail);
            throw;
        }
    }

    private void Tell(ApiAttempt attempt, HttpRequestMessage request, int? status, TimeSpan? latency, string? problem) => attempt.Exchange.Request.Observer?.Invoke(new ApiTrace
    {
        Method = request.Method.Method,
        Url = MessageText.Masked(request.RequestUri!.AbsoluteUri),
        Attempt = attempt.Exchange.Attempt,
        Status = status,
        Elapsed = time.GetElapsedTime(attempt.SentAt),
        Latency = latency,
        Problem = problem,
        Remark = attempt.Timer.Remark?.Invoke(),
        RequestHeaders = ClusterHeaders.Describe(request),
    });
}
