namespace MultiCluster.Clusters;

/// <summary>Asks every selected cluster whether it is there, all at once, while any is selected.</summary>
internal sealed class Heartbeat(ClusterPool pool, ClusterPoolOptions options) : IAsyncDisposable
{
    /// <summary>How long one cluster may take.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private CancellationTokenSource? _stop;
    private Task _loop = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Starts or stops the beat.</summary>
    public void Run(bool wanted)
    {
        lock (_gate)
        {
            wanted &= !_disposed;
            if (wanted == _stop is not null)
                return;
            if (wanted)
            {
                _stop = new CancellationTokenSource();
                _loop = BeatAsync(_loop, _stop.Token);
            }
            else
            {
                _ = _stop!.CancelAsync(); // not on this thread: what is cancelled may call back
                _stop = null;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task loop;
        lock (_gate)
        {
            _disposed = true;
            Run(false);
            loop = _loop;
        }

        await loop.ConfigureAwait(false);
    }

    private async Task BeatAsync(Task before, CancellationToken cancellationToken)
    {
        await before.ConfigureAwait(false);
        using var timer = new PeriodicTimer(options.HeartbeatInterval, options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                var beats = pool.Selected.Select(cluster => cluster.Connection?.HeartbeatAsync(Silence, cancellationToken) ?? Task.CompletedTask);
                await Task.WhenAll(beats).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing is selected any more.
        }
    }
}
