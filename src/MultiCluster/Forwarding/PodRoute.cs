using MultiCluster.Api.Channels;
using MultiCluster.Faults;
using MultiCluster.Pods;
using MultiCluster.Resources;

namespace MultiCluster.Forwarding;

/// <summary>
/// To which pod connections go: to the same one as long as it serves. It is looked up anew when it has failed, and not before: nothing is
/// watched for a forward that nobody uses.
/// </summary>
internal sealed class PodRoute : IDisposable
{
    /// <summary>How long a connection waits for a pod.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long it waits for one that is ready, where others run.</summary>
    public static readonly TimeSpan PatienceForReady = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ForwardTarget _target;
    private readonly ForwardPort _port;
    private readonly KubePortForward _forward;
    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly TimeProvider _time;
    private volatile RoutePod? _current;
    private volatile string? _avoided;

    /// <param name="target">What is forwarded to.</param>
    /// <param name="port">Which port of it.</param>
    /// <param name="first">The pod with which it begins.</param>
    /// <param name="forward">Is told how it goes.</param>
    public PodRoute(ForwardTarget target, ForwardPort port, TargetPod first, KubePortForward forward)
    {
        (_target, _port, _forward, _time) = (target, port, forward, target.Connection.Time);
        _current = RoutePod.Of(first, port);
    }

    /// <summary>The best of some pods: one that is ready and is not the one that has just failed.</summary>
    public static TargetPod Best(IReadOnlyList<TargetPod> pods, string? avoided = null) => pods
        .OrderByDescending(static one => ReadyPods.IsReady(one.Pod))
        .ThenBy(one => one.Pod.Uid == avoided)
        .ThenBy(static one => one.Pod.Restarts)
        .ThenBy(static one => one.Pod.CreationTimestamp)
        .ThenBy(static one => one.Pod.Name, StringComparer.Ordinal)
        .First();

    /// <summary>Connects to the pod, or to the next one where it is gone.</summary>
    /// <exception cref="FaultException">No pod can be reached.</exception>
    public async Task<PodPort> OpenAsync(CancellationToken cancellationToken)
    {
        for (FaultException? failure = null; ;)
        {
            var pod = await CurrentAsync(failure, cancellationToken).ConfigureAwait(false);
            try
            {
                var opened = await PodPort.OpenAsync(_target.Connection, _target.Namespace, pod.Name, pod.Port, _target.Context, cancellationToken).ConfigureAwait(false);
                _forward.Reaches(pod.Name);
                return opened;
            }
            catch (FaultException e)
            {
                if (!Tell(pod, e.Fault) || failure is not null)
                    throw;
                failure = e;
            }
        }
    }

    /// <summary>A connection has failed after it was open: the next one looks whether the pod is still there.</summary>
    public void Failed(Fault fault)
    {
        if (_current is { } pod)
            Forget(pod);
        _forward.Fails(fault);
    }

    /// <inheritdoc/>
    public void Dispose() => _looking.Dispose();

    /// <summary>Takes a failure in; true when another pod may do better at once.</summary>
    private bool Tell(RoutePod pod, Fault fault)
    {
        _forward.Fails(fault);

        // That the cluster is away, or does not let the user in, says nothing of the pod. A timeout may be of a node that is gone.
        if ((ClusterFaults.IsOfCluster(fault) && fault.Phase != FaultPhase.Timeout) || fault.Phase == FaultPhase.Forbidden || ChannelFaults.IsUnknownProtocol(fault))
            return false;
        Forget(pod);
        return fault.Phase != FaultPhase.Timeout;
    }

    private void Forget(RoutePod pod)
    {
        _avoided = pod.Uid;
        Interlocked.CompareExchange(ref _current, null, pod);
    }

    /// <summary>The pod; looked up by one connection for all.</summary>
    private async Task<RoutePod> CurrentAsync(FaultException? failure, CancellationToken cancellationToken)
    {
        if (_current is { } known)
            return known;
        await _looking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is { } found)
                return found;
            try
            {
                return _current = await LookUpAsync(failure, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e)
            {
                _forward.Fails(e.Fault);
                throw;
            }
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task<RoutePod> LookUpAsync(FaultException? failure, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            FaultException? none = null;
            try
            {
                var pods = await _target.FindAsync(cancellationToken).ConfigureAwait(false);
                var best = Best(pods, _avoided);
                if (failure is not null && best.Pod.Uid == _avoided)
                    throw failure; // it runs, and has just refused
                if (ReadyPods.IsReady(best.Pod) || best.Pod.Uid == _avoided || _time.GetElapsedTime(started) >= PatienceForReady)
                    return RoutePod.Of(best, _port);
            }
            catch (FaultException e) when (e.Fault.Reason == ForwardFaults.NoPodReason)
            {
                none = e;
            }

            if (none is not null && _time.GetElapsedTime(started) >= Patience)
                throw none;
            _forward.Waits(none?.Fault);
            await Task.Delay(Look, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A pod, and the port of it that is meant.</summary>
    private sealed record RoutePod(string Name, string? Uid, int Port)
    {
        public static RoutePod Of(TargetPod pod, ForwardPort port) => new(pod.Pod.Name, pod.Pod.Uid, TargetPorts.Resolve(port, pod).Pod);
    }
}
