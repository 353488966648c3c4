namespace MultiCluster.FanOut;

/// <summary>In which order what the clusters bring leaves a call, when not as it arrives.</summary>
internal abstract record FanOutOrder
{
    /// <summary>The hold-back window, unless another is asked for: 250 ms.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromMilliseconds(250);

    private protected FanOutOrder()
    {
    }

    /// <summary>What one cluster's queue of a stream holds, in units of <see cref="FanOutItem.Weight"/>, unless its operation says otherwise.</summary>
    internal const int TimeCapacity = 256;

    /// <summary>
    /// A stream: every object waits for <paramref name="window"/> and leaves in the order of time over all clusters; what comes too late
    /// for that leaves at once. Zero: as they arrive.
    /// </summary>
    /// <param name="window">How long objects wait.</param>
    /// <param name="capacity">What one cluster's queue holds, in units of <see cref="FanOutItem.Weight"/>.</param>
    public static FanOutOrder ByTime(TimeSpan window, int capacity = TimeCapacity) => new ByTimeOrder(window, capacity);

    /// <summary>
    /// A call that ends, whose sources (<see cref="FanOutSink.OpenSource"/>) each bring their objects in the order of time: the oldest of
    /// all sources leaves. A source that stays silent for longer than <paramref name="patience"/> is not waited for until it has caught up.
    /// </summary>
    internal static FanOutOrder Sorted(TimeSpan patience) => new SortedOrder(patience);

    /// <summary>A call that ends: its objects leave when the last cluster is done, the newest first, at most <paramref name="first"/>.</summary>
    public static FanOutOrder NewestFirst(int? first = null) => new NewestFirstOrder(first);
}

internal sealed record ByTimeOrder(TimeSpan Window, int Capacity) : FanOutOrder;

internal sealed record SortedOrder(TimeSpan Patience) : FanOutOrder;

internal sealed record NewestFirstOrder(int? First) : FanOutOrder;
