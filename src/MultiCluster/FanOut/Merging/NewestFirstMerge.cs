using System.Threading.Channels;

namespace MultiCluster.FanOut;

/// <summary>
/// Holds objects until all clusters are done, then hands them on, the newest first. Faults and notices pass at once. Where only the
/// first so many are wanted, no more than these are held.
/// </summary>
internal sealed class NewestFirstMerge(ChannelWriter<FanOutItem> output, int? first, CancellationToken stop) : FanOutMerge
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<FanOutItem, (DateTimeOffset At, long Number)> _held = new(); // the oldest is the first to go
    private long _number;

    public override ChannelWriter<FanOutItem> NewQueue() => new Queue(this, output);

    public override async Task EndAsync()
    {
        FanOutItem[] newestFirst;
        lock (_gate)
        {
            newestFirst = new FanOutItem[_held.Count];
            for (var i = _held.Count - 1; i >= 0; i--)
                newestFirst[i] = _held.Dequeue();
        }

        foreach (var item in newestFirst)
            await output.WriteAsync(item, stop).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Hold(FanOutItem item, DateTimeOffset at)
    {
        lock (_gate)
        {
            _held.Enqueue(item, (at, -_number++)); // of two at the same time, the one that came first stays first
            if (_held.Count > first)
                _held.Dequeue();
        }
    }

    private sealed class Queue(NewestFirstMerge merge, ChannelWriter<FanOutItem> output) : ChannelWriter<FanOutItem>
    {
        public override bool TryWrite(FanOutItem item)
        {
            if (item.At is not { } at)
                return output.TryWrite(item);
            merge.Hold(item, at);
            return true;
        }

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => output.WaitToWriteAsync(cancellationToken);
    }
}
