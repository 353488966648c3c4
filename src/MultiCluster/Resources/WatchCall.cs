namespace MultiCluster.Resources;

/// <summary>What the clusters of one call share: how much is still wanted, and whether there is anything left to wait for.</summary>
internal sealed class WatchCall : IDisposable
{
    private readonly FirstCount _first;
    private readonly CancellationTokenSource _enough;
    private int _hopeful;

    /// <summary>A call that begins now.</summary>
    /// <param name="first">How many events are wanted, or null for all.</param>
    /// <param name="duration">When it ends by itself, or null for never.</param>
    /// <param name="kinds">How many kinds are asked for, those of each cluster counted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Numbers in [0, 1).</param>
    public WatchCall(int? first, TimeSpan? duration, int kinds, TimeProvider time, Func<double> random)
    {
        _first = new FirstCount(first);
        _enough = duration is { } limit ? new CancellationTokenSource(limit, time) : new CancellationTokenSource();
        _hopeful = kinds;
        Enough = _enough.Token;
        Time = time;
        Random = random;
    }

    /// <summary>Cancelled when the call has all that it wants: its clusters end without a fault.</summary>
    public CancellationToken Enough { get; }

    /// <summary>What the clusters take the kinds for.</summary>
    public KindChoices Choices { get; } = new();

    public TimeProvider Time { get; }

    public Func<double> Random { get; }

    /// <summary>Takes up to <paramref name="offered"/> of the events that are still wanted.</summary>
    public int Take(int offered)
    {
        var taken = _first.Take(offered);
        if (_first.IsReached)
            _ = _enough.CancelAsync(); // not on this thread: what is cancelled may be its own caller
        return taken;
    }

    /// <summary>A kind that no cluster had at first is served now.</summary>
    public void KindServed() => Interlocked.Increment(ref _hopeful);

    /// <summary>A cluster does not serve a kind, or can no longer watch it. When no cluster can watch any, there is nothing to wait for.</summary>
    public void KindLost()
    {
        if (Interlocked.Decrement(ref _hopeful) == 0)
            _ = _enough.CancelAsync();
    }

    public void Dispose() => _enough.Dispose();
}
