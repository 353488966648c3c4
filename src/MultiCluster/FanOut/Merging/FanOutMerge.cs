using System.Threading.Channels;

namespace MultiCluster.FanOut;

/// <summary>Stands between the clusters of a call and its one channel, where their items are to leave in an order of their own.</summary>
internal abstract class FanOutMerge : IAsyncDisposable
{
    /// <summary>What an order asks for; null when the items leave as they arrive.</summary>
    public static FanOutMerge? Of(FanOutOrder? order, ChannelWriter<FanOutItem> output, TimeProvider time, CancellationToken stop) => order switch
    {
        ByTimeOrder byTime => new TimeMerge(output, byTime.Window, time, stop, byTime.Capacity),
        SortedOrder sorted => new SortedMerge(output, sorted.Patience, time, stop),
        NewestFirstOrder newest => new NewestFirstMerge(output, newest.First, stop),
        _ => null,
    };

    /// <summary>Where one cluster writes.</summary>
    public abstract ChannelWriter<FanOutItem> NewQueue();

    /// <summary>All clusters are done: hands on what is still held.</summary>
    public abstract Task EndAsync();

    /// <summary>Lets go of what is still held. The call has ended, or was stopped.</summary>
    public abstract ValueTask DisposeAsync();
}
