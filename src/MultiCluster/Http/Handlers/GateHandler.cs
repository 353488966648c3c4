using MultiCluster.Http.Login;

namespace MultiCluster.Http;

/// <summary>Answers from what is known: a login that is refused, a cluster that does not answer. Sends nothing to either.</summary>
internal sealed class GateHandler(AuthMonitor? login, CircuitBreaker breaker) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var attempt = ApiAttempt.Of(request);
        var asked = attempt.Exchange.Request;
        if (!asked.SkipAuthGate)
            login?.ThrowIfBlocked();
        if (!attempt.IsAsking && asked.Kind is not (RequestKind.Probe or RequestKind.Stream) && breaker.Enter(attempt.Exchange.Timeouts.Silence))
            attempt.Asks(breaker);
        return base.SendAsync(request, cancellationToken);
    }
}
