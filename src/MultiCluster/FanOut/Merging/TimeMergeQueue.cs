using System.Threading.Channels;

namespace MultiCluster.FanOut;

/// <summary>One cluster's place in a <see cref="TimeMerge"/>: when it is full, its writers wait, and nobody else's.</summary>
/// <param name="merge">The merge.</param>
/// <param name="capacity">What it holds, in units of <see cref="FanOutItem.Weight"/>; one piece more may exceed it.</param>
internal sealed class TimeMergeQueue(TimeMerge merge, int capacity) : ChannelWriter<FanOutItem>
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _room;
    private int _weight;

    public bool IsFull => _weight >= capacity;

    /// <summary>The latest time of its items.</summary>
    public long LastTime { get; set; } = long.MinValue;

    /// <summary>Counts an item in, under the merge's lock; true when that has made the queue full.</summary>
    public bool Took(int weight)
    {
        lock (_gate)
            return (_weight += weight) >= capacity;
    }

    /// <summary>Counts an item out, under the merge's lock; true when the queue was full and is so no more.</summary>
    public bool Gave(int weight)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            var full = IsFull;
            _weight -= weight;
            if (!full || IsFull)
                return false;
            room = _room;
            _room = null;
        }

        room?.SetResult();
        return true;
    }

    public override bool TryWrite(FanOutItem item) => merge.TryHold(this, item);

    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (!IsFull)
                return new(true);
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return WaitAsync(_room.Task, cancellationToken);
        }
    }

    private static async ValueTask<bool> WaitAsync(Task room, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
