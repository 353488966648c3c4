using System.Threading.Channels;

namespace MultiCluster.FanOut;

/// <summary>
/// Merges what many clusters write without end by the time at which it happened. An item is held for the window after its arrival; when
/// that is over, it leaves behind everything older. What is older than what has left already leaves at once, and so does the oldest while
/// a cluster's queue is full: a burst is not slowed to a queue per window. Each cluster has a bounded queue of its own, and waits
/// for its own only.
/// </summary>
internal sealed class TimeMerge : FanOutMerge
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ChannelWriter<FanOutItem> _output;
    private readonly TimeSpan _window;
    private readonly int _capacity;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stop;
    private readonly ITimer _timer;
    private readonly TimeMergeHold _hold;
    private readonly long _start;
    private readonly Task _work;
    private int _full;
    private bool _ended;

    public TimeMerge(ChannelWriter<FanOutItem> output, TimeSpan window, TimeProvider time, CancellationToken stop, int capacity = TimeMergeQueue.Capacity)
    {
        _output = output;
        _window = window > TimeSpan.Zero ? window : TimeSpan.Zero;
        _capacity = capacity;
        _time = time;
        _stop = stop;
        _start = time.GetTimestamp();
        _hold = new TimeMergeHold(_window);
        _timer = time.CreateTimer(static state => ((TimeMerge)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _work = RunAsync();
    }

    public override ChannelWriter<FanOutItem> NewQueue() => new TimeMergeQueue(this, _capacity);

    public override Task EndAsync()
    {
        lock (_gate)
            _ended = true;
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

    /// <summary>Takes an item into <paramref name="queue"/>; false while that is full.</summary>
    public bool TryHold(TimeMergeQueue queue, FanOutItem item)
    {
        lock (_gate)
        {
            if (queue.IsFull)
                return false;
            var first = _hold.IsEmpty;
            _hold.Add(queue, item, _time.GetUtcNow(), _time.GetElapsedTime(_start));
            if (queue.Took(item.Weight))
                _full++;
            if (first && _window > TimeSpan.Zero)
                _timer.Change(_window, Timeout.InfiniteTimeSpan);
            if (_window == TimeSpan.Zero || _full > 0 || _hold.HasLate)
                Wake();
            return true;
        }
    }

    private async Task RunAsync()
    {
        // What the clusters write is handed on by this task alone, on no cluster's thread.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (true)
        {
            FanOutItem? item;
            lock (_gate)
            {
                item = Next();
                if (item is null && _ended)
                    return;
            }

            if (item is not null)
                await _output.WriteAsync(item, _stop).ConfigureAwait(false);
            else
                await _wake.Reader.ReadAsync(_stop).ConfigureAwait(false);
        }
    }

    /// <summary>The next item to leave, or null while all must wait; then the timer knows for how long. Called under the lock.</summary>
    private FanOutItem? Next()
    {
        if (_hold.IsEmpty)
            return null;
        var left = _hold.Left(_time.GetElapsedTime(_start));
        if (left > TimeSpan.Zero && !_ended && _full == 0 && !_hold.HasLate)
        {
            _timer.Change(left, Timeout.InfiniteTimeSpan);
            return null;
        }

        var (queue, item) = _hold.Take();
        if (queue.Gave(item.Weight))
            _full--;
        return item;
    }

    private void Wake() => _wake.Writer.TryWrite(true);
}
