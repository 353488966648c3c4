using System.Threading.Channels;

namespace MultiCluster.FanOut;

/// <summary>
/// Merges what many clusters write without end by the time at which it happened. An item is held for the window after its arrival; when
/// that is over, it leaves behind everything older. What is older than what has left already leaves at once, and so does the oldest while
/// a cluster's queue is full: a burst is not slowed to a queue per window. Each cluster has a bounded queue of its own, and waits
/// for its own only.
/// </summary>
internal sealed class TimeMerge : HoldingMerge
{
    private readonly TimeSpan _window;
    private readonly int _capacity;
    private readonly TimeMergeHold _hold;
    private readonly long _start;
    private int _full;

    public TimeMerge(ChannelWriter<FanOutItem> output, TimeSpan window, TimeProvider time, CancellationToken stop, int capacity = FanOutOrder.TimeCapacity)
        : base(output, time, stop)
    {
        _window = window > TimeSpan.Zero ? window : TimeSpan.Zero;
        _capacity = capacity;
        _start = time.GetTimestamp();
        _hold = new TimeMergeHold(_window);
        Begin();
    }

    private protected override bool IsEmpty => _hold.IsEmpty;

    public override ChannelWriter<FanOutItem> NewQueue() => new TimeMergeQueue(this, _capacity);

    /// <summary>Takes an item into <paramref name="queue"/>; false while that is full.</summary>
    public bool TryHold(TimeMergeQueue queue, FanOutItem item)
    {
        lock (Gate)
        {
            if (queue.IsFull)
                return false;
            var first = _hold.IsEmpty;
            _hold.Add(queue, item, Time.GetUtcNow(), Time.GetElapsedTime(_start));
            if (queue.Took(item.Weight))
                _full++;
            if (first && _window > TimeSpan.Zero)
                WakeIn(_window);
            if (_window == TimeSpan.Zero || _full > 0 || _hold.HasLate)
                Wake();
            return true;
        }
    }

    private protected override FanOutItem? Next()
    {
        if (_hold.IsEmpty)
            return null;
        var left = _hold.Left(Time.GetElapsedTime(_start));
        if (left > TimeSpan.Zero && !Ended && _full == 0 && !_hold.HasLate)
        {
            WakeIn(left);
            return null;
        }

        var (queue, item) = _hold.Take();
        if (queue.Gave(item.Weight))
            _full--;
        return item;
    }
}
