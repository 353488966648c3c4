using MultiCluster.Faults;
using MultiCluster.Logs.Lines;
using MultiCluster.Pods;

namespace MultiCluster.Logs.Streams;

/// <summary>
/// Follows one container from its start to its end for good: through streams that break, and from one instance to the next. What has
/// happened when a stream ends is asked of the pod's status.
/// </summary>
internal sealed class FollowedContainer(LogCluster cluster, FollowedPod pod, string name, int round, LeftOutContainers leftOut)
{
    /// <summary>How often a pod that a watch tells of is looked at all the same while its container is waited for.</summary>
    private static readonly TimeSpan WatchedLook = TimeSpan.FromSeconds(30);

    /// <summary>How often another one is.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly LogSource _source = new(cluster.Connection.Identity, pod.Pod.Namespace!, pod.Pod.Name, name);
    private readonly ContainerBackoff _backoff = new(cluster.Call);
    private StreamTicket? _ticket;
    private LogPosition _position = null!;
    private ContainerStream _stream = null!;
    private bool _whole;
    private bool _instanceIsNew;
    private bool _toldOfFault;

    private ContainerState State => ContainerState.Of(pod.Pod, name);

    /// <summary>Asks for a stream if the container has a log already, so that those of a cluster take turns.</summary>
    public void AskEarly()
    {
        _whole = !pod.IsInitial || State.InstanceId is null;
        if (State.InstanceId is not null)
            _ticket = cluster.Share.Ask(round);
    }

    /// <summary>Follows it. Its faults are written, and end nothing else.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Reason != LogFilter.TooSlow && !cluster.Connection.Disconnected.IsCancellationRequested)
        {
            await cluster.FaultAsync(LogFaults.Advised(e.Fault, _source), pod.Pod, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ticket?.Dispose();
            pod.End();
        }

        await cluster.Outage.OverAsync(this, cancellationToken).ConfigureAwait(false);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (!await AwaitStartAsync(cancellationToken).ConfigureAwait(false))
            return;
        _ticket ??= cluster.Share.Ask(round);
        await leftOut.WaitAsync(_source, _ticket, !_whole, cancellationToken).ConfigureAwait(false);
        if (_whole)
            await cluster.Notices.JoinedAsync(_source, cancellationToken).ConfigureAwait(false);
        using var target = cluster.Sink.OpenSource();
        _position = new LogPosition(_source, cluster.Call.Query, _whole, cluster.Call.Began, cluster.Call.Time);
        _stream = new ContainerStream(cluster, _source, _position, target);
        var ran = false;
        for (var state = State; ;)
        {
            var now = state;
            if (state.IsRunning)
            {
                ran = true;
                now = await FollowInstanceAsync(state, cancellationToken).ConfigureAwait(false);
            }

            if (!pod.IsGone && now.InstanceId == state.InstanceId)
            {
                await ReadRestAsync(now, previous: false, cancellationToken).ConfigureAwait(false);
                now = await AwaitAsync(next => next.InstanceId != state.InstanceId || next.IsFinal, cancellationToken).ConfigureAwait(false);
            }
            else if (!pod.IsGone && now.PreviousId == state.InstanceId)
            {
                await ReadRestAsync(state, previous: true, cancellationToken).ConfigureAwait(false);
            }

            if (pod.IsGone || now.InstanceId == state.InstanceId)
            {
                if (ran)
                    await cluster.Notices.EndedAsync(_source, pod.IsGone ? "has ended: its pod is gone" : $"has ended ({now.Reason ?? "no more restarts"})", cancellationToken).ConfigureAwait(false);
                return;
            }

            if (now.Restarts > state.Restarts + 1)
                await cluster.Notices.LostInstanceAsync(_source, _position.Seam.Last, cancellationToken).ConfigureAwait(false);
            await cluster.Notices.RestartedAsync(_source, now.Restarts, cancellationToken).ConfigureAwait(false);
            _instanceIsNew = true;
            state = now;
        }
    }

    /// <summary>Waits until there is a log; false when there will be none.</summary>
    private async Task<bool> AwaitStartAsync(CancellationToken cancellationToken)
    {
        var state = State;
        if (state.InstanceId is null && !state.IsFinal && !pod.IsGone)
        {
            await cluster.Notices.WaitingAsync(_source, state.Reason, cancellationToken).ConfigureAwait(false);
            state = await AwaitAsync(static now => now.InstanceId is not null || now.IsFinal, cancellationToken).ConfigureAwait(false);
        }

        return state.InstanceId is not null && !pod.IsGone;
    }

    /// <summary>Waits until the container's state is what is wanted, or its pod is gone.</summary>
    private async Task<ContainerState> AwaitAsync(Func<ContainerState, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = pod.Changed;
            var state = State;
            if (pod.IsGone || wanted(state))
                return state;
            try
            {
                await changed.WaitAsync(pod.IsWatched ? WatchedLook : Look, cluster.Call.Time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                await TryLookAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Follows an instance until it runs no more; returns the container's state then.</summary>
    private async Task<ContainerState> FollowInstanceAsync(ContainerState state, CancellationToken cancellationToken)
    {
        while (true)
        {
            var fault = await ReadAsync(state, cancellationToken).ConfigureAwait(false);
            var unknown = await TryLookAsync(cancellationToken).ConfigureAwait(false);
            if (!GoesOn(state))
                return State;
            await PauseAsync(fault ?? unknown, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>True while the instance runs as far as that is known.</summary>
    private bool GoesOn(ContainerState state) => !pod.IsGone && State is { IsRunning: true } now && now.InstanceId == state.InstanceId;

    /// <summary>Reads one stream to its end; returns why it broke, or null.</summary>
    private async Task<Fault?> ReadAsync(ContainerState state, CancellationToken cancellationToken)
    {
        var again = _backoff.WasOpen;
        var request = _instanceIsNew ? _position.NextInstance(state.StartedAt, follow: true) : _position.Next(follow: true);
        try
        {
            await _stream.ReadAsync(request, OpenedAsync, pod.GiveUp, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (FaultException e) when (!_backoff.IsFinal(e.Fault))
        {
            return e.Fault;
        }
        finally
        {
            _instanceIsNew &= !_stream.Progressed;
            _backoff.Ended(_stream.Progressed);
        }

        // A stream that is opened again must not go on with the log of another instance.
        async ValueTask<bool> OpenedAsync()
        {
            _backoff.Opened();
            cluster.Answers();
            if (again && !_instanceIsNew && await TryLookAsync(cancellationToken).ConfigureAwait(false) is null && !GoesOn(state))
                return false;
            await cluster.Outage.OverAsync(this, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Reads what an instance that has ended wrote after what has come of it.</summary>
    private async Task ReadRestAsync(ContainerState state, bool previous, CancellationToken cancellationToken)
    {
        while (!pod.IsGone)
        {
            var request = _instanceIsNew && !previous ? _position.NextInstance(state.StartedAt, follow: false) : _position.Next(follow: false, previous);
            try
            {
                await _stream.ReadAsync(request, null, CancellationToken.None, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (FaultException e) when (e.Fault.HttpStatus is 400 or 404)
            {
                return; // its node has forgotten it; what had been written before the stream ended has come
            }
            catch (FaultException e) when (!_backoff.IsFinal(e.Fault))
            {
                await PauseAsync(e.Fault, cancellationToken).ConfigureAwait(false);
                await TryLookAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Asks how the pod is; returns why that cannot be known. Where it may not be asked, its watch must do.</summary>
    private async Task<Fault?> TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await pod.LookAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            return null;
        }
        catch (FaultException e) when (!cluster.Connection.Disconnected.IsCancellationRequested)
        {
            return e.Fault;
        }
    }

    private async Task PauseAsync(Fault? fault, CancellationToken cancellationToken)
    {
        await TellAsync(fault, cancellationToken).ConfigureAwait(false);
        await cluster.PauseAsync(_backoff.Next(fault), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells of a stream that broke; of one that never was open, as a fault, once. One that waits for its container is not broken.</summary>
    private async ValueTask TellAsync(Fault? fault, CancellationToken cancellationToken)
    {
        if (fault is null || LogFaults.IsNotStarted(fault))
            return;
        if (_backoff.WasOpen)
        {
            await cluster.Outage.BrokeAsync(this, LogFaults.Advised(fault, _source), pod.Pod, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (_toldOfFault)
            return;
        _toldOfFault = true;
        await cluster.FaultAsync(LogFaults.GoesOn(LogFaults.Advised(fault, _source)), pod.Pod, cancellationToken).ConfigureAwait(false);
    }
}
