namespace MultiCluster.Clusters;

/// <summary>Asks each selected cluster at intervals whether it is there. Each has a beat of its own: none waits for another's.</summary>
internal sealed class Heartbeat(TimeSpan interval, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long a cluster may stay silent.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<ClusterConnection, Task> _beats = [];

    /// <summary>Begins with those that are new. A beat ends when its cluster is disconnected.</summary>
    public void Follow(IEnumerable<KubeCluster> selected)
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                return;
            foreach (var connection in selected.Select(static cluster => cluster.Connection).OfType<ClusterConnection>())
            {
                if (!_beats.ContainsKey(connection))
                    _beats[connection] = BeatAsync(connection);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] beats;
        lock (_gate)
        {
            _ = _stop.CancelAsync(); // not on this thread: what is cancelled may call back
            beats = [.. _beats.Values];
        }

        await Task.WhenAll(beats).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task BeatAsync(ClusterConnection connection)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, connection.Disconnected);
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            // A beat that is due while one is under way follows it at once.
            while (await timer.WaitForNextTickAsync(stop.Token).ConfigureAwait(false))
                await connection.HeartbeatAsync(Silence, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
                _beats.Remove(connection);
        }
    }
}
