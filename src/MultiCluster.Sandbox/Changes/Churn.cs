using MultiCluster.Sandbox.Data;

namespace MultiCluster.Sandbox.Changes;

/// <summary>
/// Changes a cluster's objects at a rate, as its controllers and kubelets would, and counts what it wrote. Every create and update has a serial
/// number in an annotation, from 1 on without a gap: so a watcher can tell whether it has seen each write, and each once.
/// </summary>
public sealed class Churn : IAsyncDisposable
{
    /// <summary>The annotation with the write's serial number.</summary>
    public const string SerialAnnotation = "churn.multicluster.example/serial";

    // Short against what a person or a p99 notices, long against what a timer costs.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);

    private readonly TimeProvider _time;
    private readonly ChurnOptions _options;
    private readonly SeededRandom _random;
    private readonly PodChanges _pods;
    private readonly EventChanges _events;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _created;
    private long _updated;
    private long _deleted;

    private Churn(SimulatedCluster cluster, ChurnOptions options)
    {
        _time = cluster.Store.Time;
        _options = options;
        _random = new SeededRandom(options.Seed);
        _pods = new PodChanges(cluster.Store, options, _random);
        _events = new EventChanges(cluster.Store, options, _random);
        _running = RunAsync();
    }

    /// <summary>Writes so far.</summary>
    public long Written => Created + Updated + Deleted;

    public long Created => Interlocked.Read(ref _created);

    public long Updated => Interlocked.Read(ref _updated);

    public long Deleted => Interlocked.Read(ref _deleted);

    /// <summary>The serial number of the last create or update.</summary>
    public long LastSerial => Created + Updated;

    /// <summary>Completes when <see cref="ChurnOptions.Writes"/> are done, or it is stopped.</summary>
    public Task Completion => _running;

    /// <summary>Begins to write.</summary>
    public static Churn Start(SimulatedCluster cluster, ChurnOptions? options = null)
    {
        options ??= new ChurnOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.WritesPerSecond, "options.WritesPerSecond");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Objects, 2, "options.Objects");
        return new Churn(cluster, options);
    }

    /// <summary>Stops writing, and waits until the last write is done. What was written stays.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Tick, _time);
        var start = _time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var due = (long)(_time.GetElapsedTime(start).TotalSeconds * _options.WritesPerSecond);
                while (Written < Math.Min(due, _options.Writes ?? long.MaxValue) && !_stop.IsCancellationRequested) Write();
                if (Written >= _options.Writes) return;
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private void Write()
    {
        var serial = LastSerial + 1;
        var change = _options.Events > 0 && _random.Chance(_options.Events) ? _events.Next(serial) : _pods.Next(serial);
        switch (change)
        {
            case Change.Created:
                Interlocked.Increment(ref _created);
                break;
            case Change.Updated:
                Interlocked.Increment(ref _updated);
                break;
            default:
                Interlocked.Increment(ref _deleted);
                break;
        }
    }
}

/// <summary>What a write did.</summary>
internal enum Change
{
    Created,
    Updated,
    Deleted,
}
