namespace MultiCluster.FanOut;

/// <summary>How many clusters of a stream get ready at once.</summary>
internal sealed class FanOutTurns(int atOnce) : IDisposable
{
    private readonly SemaphoreSlim _free = new(Math.Max(1, atOnce));

    public async ValueTask<IDisposable?> TakeAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_free);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
                free.Release();
        }
    }
}
