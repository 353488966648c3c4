using System.Threading.Channels;

namespace MultiCluster.FanOut;

/// <summary>One source of a <see cref="SortedMerge"/>: when it is full, its writer waits, and nobody else's.</summary>
internal sealed class SortedMergeSource(SortedMerge merge, SortedMergeQueue cluster, long number) : ChannelWriter<FanOutItem>
{
    /// <summary>What it holds, in units of <see cref="FanOutItem.Weight"/>; one piece more may exceed it.</summary>
    public const int Capacity = 256;

    private readonly Queue<FanOutSeries> _series = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _room;
    private FanOutSeries? _first;
    private int _weight;

    public SortedMergeQueue Cluster => cluster;

    /// <summary>Its place among sources whose next objects have the same time.</summary>
    public long Number => number;

    /// <summary>The time of its next object.</summary>
    public long Ticks => _first!.Ticks;

    /// <summary>True when it has nothing to show.</summary>
    public bool IsEmpty => _first is null;

    /// <summary>True when what was added last is all that it has.</summary>
    public bool IsFirst => _first is not null && _series.Count == 0;

    /// <summary>True when it has ended.</summary>
    public bool IsClosed { get; set; }

    /// <summary>True while nobody waits for it.</summary>
    public bool IsLate { get; set; }

    /// <summary>Adds what it brings, under the merge's lock; false when it is full.</summary>
    public bool TryAdd(FanOutSeries series)
    {
        lock (_gate)
        {
            if (_weight >= Capacity)
                return false;
            _weight += series.Weight;
        }

        if (_first is null)
            _first = series;
        else
            _series.Enqueue(series);
        return true;
    }

    /// <summary>Takes its next objects until <paramref name="ticks"/>, at least one, under the merge's lock.</summary>
    public FanOutItem Take(long ticks)
    {
        var (due, rest) = _first!.Divide(ticks);
        _first = rest ?? (_series.TryDequeue(out var next) ? next : null);
        if (due.Weight > 0)
            Gave(due.Weight);
        return due;
    }

    public override bool TryWrite(FanOutItem item) => merge.TryHold(this, (FanOutSeries)item);

    public override bool TryComplete(Exception? error = null)
    {
        merge.Close(this);
        return true;
    }

    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_weight < Capacity)
                return new(true);
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return WaitAsync(_room.Task, cancellationToken);
        }
    }

    private void Gave(int weight)
    {
        TaskCompletionSource? room = null;
        lock (_gate)
        {
            _weight -= weight;
            if (_weight < Capacity)
                (room, _room) = (_room, null);
        }

        room?.SetResult();
    }

    private static async ValueTask<bool> WaitAsync(Task room, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
