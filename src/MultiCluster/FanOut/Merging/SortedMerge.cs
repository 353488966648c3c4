using System.Threading.Channels;

namespace MultiCluster.FanOut;

/// <summary>
/// Merges sources that end, each of which brings its objects in the order of time: what is oldest over all of them leaves, as soon as
/// every open source has something to show. One that stays silent for longer than the patience is not waited for until it has caught up:
/// what it brings meanwhile leaves at once. Each source has a bounded queue of its own, so that memory does not grow with what is read.
/// </summary>
internal sealed class SortedMerge : HoldingMerge
{
    private readonly PriorityQueue<SortedMergeSource, (long Ticks, long Number)> _ready = new();
    private readonly HashSet<SortedMergeSource> _awaited = [];
    private readonly Queue<FanOutItem> _dones = new();
    private readonly TimeSpan _patience;
    private long _passed = long.MinValue;
    private long _number;
    private long? _blockedSince;

    public SortedMerge(ChannelWriter<FanOutItem> output, TimeSpan patience, TimeProvider time, CancellationToken stop)
        : base(output, time, stop)
    {
        _patience = patience;
        Begin();
    }

    private protected override bool IsEmpty => _ready.Count == 0;

    public override ChannelWriter<FanOutItem> NewQueue() => new SortedMergeQueue(this, Output);

    /// <summary>A source of a cluster begins.</summary>
    public SortedMergeSource Open(SortedMergeQueue cluster)
    {
        lock (Gate)
        {
            var source = new SortedMergeSource(this, cluster, _number++);
            cluster.Sources++;
            _awaited.Add(source);
            return source;
        }
    }

    /// <summary>Takes what a source brings; false while its queue is full.</summary>
    public bool TryHold(SortedMergeSource source, FanOutSeries series)
    {
        lock (Gate)
        {
            if (!source.TryAdd(series))
                return false;
            if (source.IsFirst)
                Show(source);
            return true;
        }
    }

    /// <summary>A source has ended.</summary>
    public void Close(SortedMergeSource source)
    {
        lock (Gate)
        {
            if (source.IsClosed)
                return;
            source.IsClosed = true;
            if (_awaited.Remove(source))
                Wake();
            if (source.IsEmpty)
                Leave(source.Cluster);
        }
    }

    /// <summary>A cluster is done: says so after the last of its objects.</summary>
    public void Done(SortedMergeQueue cluster, FanOutDone done)
    {
        lock (Gate)
        {
            cluster.Done = done;
            if (cluster.Sources == 0)
                Leave(cluster, 0);
        }
    }

    // This and what is below is called under the lock.
    private protected override FanOutItem? Next()
    {
        if (_dones.TryDequeue(out var done))
            return done;
        if (_ready.Count == 0 || MustWait())
            return null;
        var source = _ready.Dequeue();
        _passed = Math.Max(_passed, source.Ticks);
        var item = source.Take(Math.Min(
            _ready.TryPeek(out _, out var next) ? next.Ticks : long.MaxValue,
            _awaited.Count == 0 ? long.MaxValue : _passed)); // one that is waited for brings nothing older than what has left, but may bring what is next
        if (!source.IsEmpty)
            Show(source);
        else if (source.IsClosed)
            Leave(source.Cluster);
        else if (!source.IsLate)
            _awaited.Add(source);
        return item;
    }

    private bool MustWait()
    {
        if (_awaited.Count == 0)
        {
            _blockedSince = null;
            return false;
        }

        // What has left already cannot be overtaken any more.
        if (_ready.TryPeek(out _, out var first) && first.Ticks <= _passed)
            return false;
        _blockedSince ??= Time.GetTimestamp();
        var left = _patience - Time.GetElapsedTime(_blockedSince.Value);
        if (left > TimeSpan.Zero)
        {
            WakeIn(left);
            return true;
        }

        foreach (var silent in _awaited)
            silent.IsLate = true;
        _awaited.Clear();
        _blockedSince = null;
        return false;
    }

    /// <summary>A source has something to show.</summary>
    private void Show(SortedMergeSource source)
    {
        if (source.Ticks >= _passed)
            source.IsLate = false;
        _ready.Enqueue(source, (source.Ticks, source.Number));
        _awaited.Remove(source);
        if (_awaited.Count == 0 || _ready.Count == 1 || source.Ticks <= _passed)
            Wake();
    }

    private void Leave(SortedMergeQueue cluster, int sources = 1)
    {
        cluster.Sources -= sources;
        if (cluster is not { Sources: 0, Done: { } done })
            return;
        cluster.Done = null;
        _dones.Enqueue(done);
        Wake();
    }
}
