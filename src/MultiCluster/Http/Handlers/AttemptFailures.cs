using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Finds out what a failed attempt means, and lets those know who go by it: the breaker, the connections, the counters.</summary>
internal sealed class AttemptFailures(
    ClusterIdentity cluster, FaultClassifier classifier, CircuitBreaker breaker, TransportPool transports, ApiTelemetry telemetry, TimeProvider time, CancellationToken closed)
{
    /// <summary>The fault of what was thrown before the answer was handed out; without cluster and operation.</summary>
    public Fault Of(ApiAttempt attempt, Exception exception)
    {
        var (timer, exchange) = (attempt.Timer, attempt.Exchange);
        if (timer.Expiry == Expiry.None && closed.IsCancellationRequested)
        {
            return new Fault
            {
                Phase = FaultPhase.ClusterNotSelected,
                Detail = "Cluster disconnected",
                Advice = "Select the cluster again with Select-KubeCluster -Add.",
                Cause = exception,
            };
        }

        var fault = classifier.Of(exception, timer, attempt.IsAnswered);
        var silence = timer.Expiry == Expiry.Silence && timer.Waiting is Wait.Connection or Wait.Headers or Wait.Body;
        var unreachable = fault.Phase is FaultPhase.Dns or FaultPhase.Connect || (fault.Phase == FaultPhase.Timeout && timer.Expiry == Expiry.None);
        if (!silence && !unreachable)
            return fault;
        telemetry.TransportFailed();
        if (attempt.Transport is { } transport)
            transports.ReportFailure(transport);

        // A lost connection shows that something is there; the others cost each caller a wait.
        if (fault.Reason == ConnectFaults.LostReason)
            return fault;
        var since = silence ? time.GetTimestamp() - (long)(timer.Limit.TotalSeconds * time.TimestampFrequency) : attempt.SentAt;
        breaker.Failed(fault, silence ? exchange.Timeouts.Silence : null, since, attempt.IsAsking && !attempt.IsAnswered);
        if (exchange.Request.Kind == RequestKind.Probe)
            breaker.StillSilent();
        return fault;
    }

    /// <summary>What became of a read of the body that threw: a fault that is counted.</summary>
    public FaultException OfBody(ApiAttempt attempt, Exception exception)
    {
        var fault = attempt.Exchange.Complete(Of(attempt, exception), cluster);
        telemetry.Faulted(fault);
        return new FaultException(fault);
    }
}
