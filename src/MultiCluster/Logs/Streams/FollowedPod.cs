using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Logs.Streams;

/// <summary>A pod whose containers are followed, as it is now as far as that is known.</summary>
internal sealed class FollowedPod : IDisposable
{
    /// <summary>How long streams of a pod that is gone may still bring what it wrote last.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly LogCluster _cluster;
    private readonly CancellationTokenSource _giveUp;
    private TaskCompletionSource _changed = NewSignal();
    private int _running;

    /// <param name="cluster">The cluster.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="watched">True when its changes are told by a watch; else it must be looked at.</param>
    /// <param name="initial">True when it was there when the call began.</param>
    public FollowedPod(LogCluster cluster, KubePod pod, bool watched, bool initial)
    {
        _cluster = cluster;
        _giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, cluster.Call.Time);
        Pod = pod;
        IsWatched = watched;
        IsInitial = initial;
    }

    /// <summary>The pod.</summary>
    public KubePod Pod { get; private set; }

    public bool IsWatched { get; }

    public bool IsInitial { get; }

    /// <summary>True once it is gone.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Cancelled some time after it is gone: nothing more can come.</summary>
    public CancellationToken GiveUp => _giveUp.Token;

    /// <summary>Completes when something about it changes.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
                return _changed.Task;
        }
    }

    /// <summary>The containers of it that are followed.</summary>
    public HashSet<string> Containers { get; } = new(StringComparer.Ordinal);

    /// <summary>It is as <paramref name="pod"/> says, unless that is older than what is known.</summary>
    public void Update(KubePod pod)
    {
        lock (_gate)
        {
            if (IsGone || WatchVersion.IsOlder(pod.ResourceVersion, Pod.ResourceVersion))
                return;
            Pod = pod;
        }

        Signal();
    }

    /// <summary>It is gone.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (IsGone)
                return;
            IsGone = true;
        }

        _giveUp.CancelAfter(Farewell);
        Signal();
    }

    /// <summary>Asks the cluster how it is.</summary>
    /// <exception cref="FaultException">The cluster does not answer, or may not be asked.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = await _cluster.GetPodAsync(Pod.Namespace!, Pod.Name, cancellationToken).ConfigureAwait(false);
            if (now.Uid == Pod.Uid)
                Update(now);
            else
                Leave(); // another one bears its name
        }
        catch (FaultException e) when (LogFaults.IsGone(e.Fault))
        {
            Leave();
        }
    }

    /// <summary>A container of it is followed.</summary>
    public void Begin() => Interlocked.Increment(ref _running);

    /// <summary>One is followed no more; with the last one of a pod that is gone, nobody knows the pod any more.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _running) == 0 && IsGone)
            Dispose();
    }

    public void Dispose() => _giveUp.Dispose();

    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_gate)
            (changed, _changed) = (_changed, NewSignal());
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
