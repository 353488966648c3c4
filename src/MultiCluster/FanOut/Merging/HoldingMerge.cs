using System.Threading.Channels;

namespace MultiCluster.FanOut;

/// <summary>
/// A merge that holds items until their turn comes: one task of its own hands them on, and sleeps until something comes in or the time
/// that the next item has to wait is over.
/// </summary>
internal abstract class HoldingMerge : FanOutMerge
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ITimer _timer;
    private readonly CancellationToken _stop;
    private Task _work = Task.CompletedTask;

    private protected HoldingMerge(ChannelWriter<FanOutItem> output, TimeProvider time, CancellationToken stop)
    {
        Output = output;
        Time = time;
        _stop = stop;
        _timer = time.CreateTimer(static state => ((HoldingMerge)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Guards what is held.</summary>
    private protected Lock Gate { get; } = new();

    private protected ChannelWriter<FanOutItem> Output { get; }

    private protected TimeProvider Time { get; }

    /// <summary>True once all clusters are done.</summary>
    private protected bool Ended { get; private set; }

    /// <summary>True when nothing is held. Called under the lock.</summary>
    private protected abstract bool IsEmpty { get; }

    public override Task EndAsync()
    {
        lock (Gate)
            Ended = true;
        Wake();
        return _work;
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await EndAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped: nobody takes what is still held.
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The next item to leave, or null while all must wait; then <see cref="WakeIn"/> has been told for how long. Called under the lock.</summary>
    private protected abstract FanOutItem? Next();

    /// <summary>Begins to hand on; the last thing that a constructor does.</summary>
    private protected void Begin() => _work = RunAsync();

    /// <summary>Looks again whether something may leave.</summary>
    private protected void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Looks again after <paramref name="pause"/>.</summary>
    private protected void WakeIn(TimeSpan pause) => _timer.Change(pause, Timeout.InfiniteTimeSpan);

    private async Task RunAsync()
    {
        // What the clusters write is handed on by this task alone, on no cluster's thread.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (true)
        {
            FanOutItem? item;
            lock (Gate)
            {
                item = Next();
                if (item is null && Ended && IsEmpty)
                    return;
            }

            if (item is not null)
                await Output.WriteAsync(item, _stop).ConfigureAwait(false);
            else
                await _wake.Reader.ReadAsync(_stop).ConfigureAwait(false);
        }
    }
}
