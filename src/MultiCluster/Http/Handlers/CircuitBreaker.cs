using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>
/// Answers in a dead cluster's place, so that it costs its timeout once and not per call. One failure opens it; after a pause one
/// call is let through to see. Polly's breaker counts failure ratios over a window and knows nothing of patience, hence this one:
/// a call that waits longer than the one that failed is always sent, and a timeout while other calls were answered opens nothing.
/// </summary>
internal sealed class CircuitBreaker(TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private Fault? _fault;
    private TimeSpan? _patience;
    private long _failedAt;
    private TimeSpan _pause;
    private bool _asking;
    private long? _answeredAt;

    /// <summary>True while calls are answered with the last fault.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return _fault is not null;
        }
    }

    /// <summary>Lets a call through, or throws the last fault.</summary>
    /// <param name="silence">How long the call would wait for the cluster.</param>
    /// <returns>True when this call is the one that finds out whether the cluster is back; then one of the other methods must follow.</returns>
    public bool Enter(TimeSpan silence)
    {
        lock (_lock)
        {
            if (_fault is null || (_patience is { } patience && Longer(silence, patience)))
                return false;
            var since = time.GetElapsedTime(_failedAt);
            if (since >= _pause && !_asking)
                return _asking = true;
            var next = _asking ? "it is being asked right now" : $"next try in {Seconds(_pause - since)} s";
            throw new FaultException(_fault with
            {
                Detail = $"{_fault.Detail} (not asked again: it did not answer {Seconds(since)} s ago; {next})",
                Operation = null,
                RetryAfter = _asking ? null : _pause - since,
            });
        }
    }

    /// <summary>The cluster answered, whatever it said.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            _answeredAt = time.GetTimestamp();
            Close();
        }
    }

    /// <summary>The cluster did not answer.</summary>
    /// <param name="fault">What later calls are answered with.</param>
    /// <param name="silence">How long the call waited, or null when waiting longer would have changed nothing.</param>
    /// <param name="since">When the call began to wait in vain.</param>
    /// <param name="asking">What <see cref="Enter"/> returned.</param>
    public void Failed(Fault fault, TimeSpan? silence, long since, bool asking)
    {
        lock (_lock)
        {
            if (asking)
                _asking = false;
            if (_answeredAt is { } answered && answered > since)
                return;
            var longerWait = _fault is not null && _patience is { } patience && (silence is null || Longer(silence.Value, patience));
            if (_fault is not null && !asking && !longerWait)
                return;
            _pause = _fault is null || !asking ? FirstPause : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
            _fault = fault;
            _patience = silence;
            _failedAt = time.GetTimestamp();
        }
    }

    /// <summary>A heartbeat got no answer either: the pause begins again and is longer, so that no user's call has to find that out.</summary>
    public void StillSilent()
    {
        lock (_lock)
        {
            if (_fault is null)
                return;
            _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
            _failedAt = time.GetTimestamp();
        }
    }

    /// <summary>The call ended without finding out.</summary>
    public void Abandoned(bool asking)
    {
        if (!asking)
            return;
        lock (_lock)
            _asking = false;
    }

    /// <summary>Forgets the last fault: somebody asks for a fresh look.</summary>
    public void Reset()
    {
        lock (_lock)
            Close();
    }

    private void Close()
    {
        _fault = null;
        _asking = false;
    }

    private static bool Longer(TimeSpan one, TimeSpan other) =>
        other != Timeout.InfiniteTimeSpan && (one == Timeout.InfiniteTimeSpan || one > other);

    private static int Seconds(TimeSpan span) => (int)Math.Ceiling(Math.Max(0, span.TotalSeconds));
}
