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
            telemetry.Answered(status, time.GetElapsedTime(attempt.SentAt));
            Tell(attempt, request, status, null);
            return response;
        }
        catch (Exception exception) when (attempt.Exchange.Request.Observer is not null)
        {
            Tell(attempt, request, null, attempt.Timer.IsGivenUp ? "cancelled" : classifier.Of(exception, attempt.Timer, false).Detail);
            throw;
        }
    }

    private void Tell(ApiAttempt attempt, HttpRequestMessage request, int? status, string? problem) => attempt.Exchange.Request.Observer?.Invoke(new ApiTrace
    {
        Method = request.Method.Method,
        Url = MessageText.Masked(request.RequestUri!.AbsoluteUri),
        Attempt = attempt.Exchange.Attempt,
        Status = status,
        Elapsed = time.GetElapsedTime(attempt.SentAt),
        Problem = problem,
        RequestHeaders = ClusterHeaders.Describe(request),
    });
}
