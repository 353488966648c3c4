namespace MultiCluster.FanOut;

/// <summary>
/// The items that a <see cref="TimeMerge"/> holds. Those that arrived within one window of the one that waits longest compete by their
/// time; the others wait for their turn, so that a cluster whose clock is slow cannot keep the others from leaving. Not safe for
/// concurrent use.
/// </summary>
internal sealed class TimeMergeHold(TimeSpan window)
{
    private readonly PriorityQueue<Held, (long Time, long Number)> _competing = new();
    private readonly Queue<Held> _byArrival = new();
    private readonly Queue<Held> _waiting = new();
    private long _passed = long.MinValue;
    private long _number;

    public bool IsEmpty => _competing.Count == 0;

    /// <summary>True when something older than what has left already is held.</summary>
    public bool HasLate => _competing.TryPeek(out _, out var first) && first.Time < _passed;

    /// <summary>Takes an item.</summary>
    /// <param name="queue">Where it comes from.</param>
    /// <param name="item">The item.</param>
    /// <param name="now">The time, as a clock on the wall shows it.</param>
    /// <param name="arrived">The time, as it elapses.</param>
    public void Add(TimeMergeQueue queue, FanOutItem item, DateTimeOffset now, TimeSpan arrived)
    {
        // Nothing happens after it has arrived: a clock that is fast counts as right.
        var time = window == TimeSpan.Zero ? 0 : Math.Min(item.At?.UtcTicks ?? queue.LastTime, now.UtcTicks);
        queue.LastTime = Math.Max(queue.LastTime, time);
        var held = new Held(queue, item, arrived, now.UtcTicks, (time, _number++));
        if (_waiting.Count > 0 || (_byArrival.TryPeek(out var longest) && arrived - longest.Arrived > window))
            _waiting.Enqueue(held);
        else
            Compete(held);
    }

    /// <summary>How long the item that waits longest must still wait.</summary>
    public TimeSpan Left(TimeSpan now) => _byArrival.Peek().Arrived + window - now;

    /// <summary>Takes the oldest item out; of a series, what is older than everything else.</summary>
    public (TimeMergeQueue Queue, FanOutItem Item) Take()
    {
        var held = _competing.Dequeue();
        _passed = Math.Max(_passed, held.Place.Time);
        if (window > TimeSpan.Zero && _competing.TryPeek(out _, out var rival) && held.Divide(rival.Time) is { } due)
        {
            _competing.Enqueue(held, held.Place);
            return (held.Queue, due);
        }

        var item = held.Leave();
        while (_byArrival.TryPeek(out var longest) && longest.HasLeft)
            _byArrival.Dequeue();
        while (_waiting.TryPeek(out var next) && (!_byArrival.TryPeek(out var longest) || next.Arrived - longest.Arrived <= window))
            Compete(_waiting.Dequeue());
        return (held.Queue, item);
    }

    private void Compete(Held held)
    {
        _competing.Enqueue(held, held.Place);
        _byArrival.Enqueue(held);
    }

    private sealed class Held(TimeMergeQueue queue, FanOutItem item, TimeSpan arrived, long arrivedAt, (long Time, long Number) place)
    {
        private FanOutItem? _item = item;

        public TimeMergeQueue Queue => queue;

        public TimeSpan Arrived => arrived;

        public (long Time, long Number) Place { get; private set; } = place;

        public bool HasLeft => _item is null;

        /// <summary>Gives away what of a series is due before <paramref name="time"/>, and keeps the rest; null when all of it is.</summary>
        public FanOutItem? Divide(long time)
        {
            if (_item is not FanOutSeries series || time >= arrivedAt)
                return null;
            var (due, rest) = series.Divide(time);
            if (rest is null)
                return null;
            _item = rest;
            Place = (Math.Min(rest.Ticks, arrivedAt), Place.Number);
            return due;
        }

        /// <summary>Gives the item away: what has left may wait here for the one that waits longest, and must not keep it alive.</summary>
        public FanOutItem Leave()
        {
            var left = _item!;
            _item = null;
            return left is FanOutSeries series ? series.Whole() : left;
        }
    }
}
