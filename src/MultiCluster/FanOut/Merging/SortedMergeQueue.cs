using System.Threading.Channels;

namespace MultiCluster.FanOut;

/// <summary>One cluster's place in a <see cref="SortedMerge"/>. Faults and notices pass at once; objects go through its sources.</summary>
internal sealed class SortedMergeQueue(SortedMerge merge, ChannelWriter<FanOutItem> output) : ChannelWriter<FanOutItem>
{
    /// <summary>Its sources that are open or still hold something; under the merge's lock.</summary>
    public int Sources { get; set; }

    /// <summary>That it is done, until it is said; under the merge's lock.</summary>
    public FanOutDone? Done { get; set; }

    public SortedMergeSource NewSource() => merge.Open(this);

    public override bool TryWrite(FanOutItem item)
    {
        if (item is not FanOutDone done)
            return output.TryWrite(item);
        merge.Done(this, done);
        return true;
    }

    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => output.WaitToWriteAsync(cancellationToken);
}
