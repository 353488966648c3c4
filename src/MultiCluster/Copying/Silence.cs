namespace MultiCluster.Copying;

/// <summary>Ends a copy in which nothing moves.</summary>
internal sealed class Silence : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _stopped;

    public Silence(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        (_limit, _stopped) = (limit, cancellationToken);
        _over = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
        Token = _either.Token;
    }

    /// <summary>Cancelled with the call, and when nothing has moved for too long.</summary>
    public CancellationToken Token { get; }

    /// <summary>Whether it was the silence that has ended it.</summary>
    public bool IsOver => _over.IsCancellationRequested && !_stopped.IsCancellationRequested;

    /// <summary>Something moves.</summary>
    public void Break() => _over.CancelAfter(_limit);

    public void Dispose()
    {
        _either.Dispose();
        _over.Dispose();
    }
}
