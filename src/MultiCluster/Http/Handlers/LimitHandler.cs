namespace MultiCluster.Http;

/// <summary>Waits for a turn, and keeps the place among the concurrent requests until the answer's body has been read.</summary>
internal sealed class LimitHandler(RequestLimiter limiter) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var attempt = ApiAttempt.Of(request);
        var kind = attempt.Exchange.Request.Kind;
        attempt.Timer.Begin(Wait.Turn, Timeout.InfiniteTimeSpan);
        var lease = await limiter.AcquireAsync(kind == RequestKind.Eviction, cancellationToken).ConfigureAwait(false);
        attempt.WhenEnded(lease.Dispose);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Headers.NonValidated.Contains("X-Kubernetes-PF-FlowSchema-UID"))
            limiter.ServerShares();

        // What goes on for as long as it likes takes no place among them once it has begun.
        if (kind is RequestKind.Stream or RequestKind.Download)
            lease.Dispose();
        return response;
    }
}
