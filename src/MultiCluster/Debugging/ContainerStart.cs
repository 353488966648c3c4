using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Pods;
using MultiCluster.Waiting;

namespace MultiCluster.Debugging;

/// <summary>Waits until a container runs or has ended, by a watch of its pod.</summary>
internal sealed class ContainerStart(ClusterConnection connection, CallContext context, DebugOptions options, FanOutSink sink)
{
    /// <summary>The pod as it was when the container had started.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container.</param>
    /// <param name="stays">Whether the container stays in the pod if it does not start.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FaultException">It does not start, or not in time; the pod is gone.</exception>
    public async Task<KubePod> WaitAsync(KubePod pod, string container, bool stays, CancellationToken cancellationToken)
    {
        if (ContainerState.Of(pod, container).Phase != ContainerPhase.Waiting)
            return pod;
        using var rule = new ContainerStartRule(container, options.Patience, connection.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, rule.GivenUp);
        WaitResult? result = null;
        try
        {
            result = await WaitAsync(pod, rule, options.StartLimit, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (rule.GivenUp.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Its kubelet has had its time.
        }

        return result switch
        {
            null when rule.Problem is { } problem => throw new FaultException(DebugFaults.NotStarted(container, problem, stays)),
            null => throw new FaultException(DebugFaults.NotWatched(container, pod.Namespace!)),
            { Fault: null } => (KubePod)result.Item!,
            { Fault.Phase: FaultPhase.Timeout } => throw new FaultException(DebugFaults.TooLate(container, options.StartLimit, rule.Lacking)),
            { Fault.Reason: "WaitFailed" } => throw new FaultException(DebugFaults.NotStarted(container, rule.Lacking ?? "the kubelet has not said why", stays)),
            { Fault: var fault } => throw new FaultException(fault),
        };
    }

    /// <summary>The pod as it was when the container had ended.</summary>
    /// <exception cref="FaultException">The pod is gone, or cannot be watched.</exception>
    public async Task<KubePod> WaitForEndAsync(KubePod pod, string container, CancellationToken cancellationToken)
    {
        var longest = TimeSpan.FromDays(20); // as far as timers go
        var result = await WaitAsync(pod, new ContainerEndRule(container), longest, cancellationToken).ConfigureAwait(false);
        return result switch
        {
            null => throw new FaultException(DebugFaults.NotWatched(container, pod.Namespace!)),
            { Fault: null } => (KubePod)result.Item!,
            { Fault: var fault } => throw new FaultException(fault),
        };
    }

    private async Task<WaitResult?> WaitAsync(KubePod pod, WaitRule rule, TimeSpan limit, CancellationToken cancellationToken)
    {
        WaitResult? last = null;
        var wait = new ClusterWait(connection, pod.Namespace!, context, sink) { Time = connection.Time };
        await wait.RunAsync(
            [WaitTarget.Of(pod)],
            rule,
            limit,
            result =>
            {
                last = result;
                return ValueTask.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        return last;
    }
}
