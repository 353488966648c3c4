using MultiCluster.Faults;

namespace MultiCluster.FanOut;

/// <summary>What one cluster adds to a call: objects, a fault, a notice, or its end.</summary>
/// <param name="Cluster">The cluster.</param>
public abstract record FanOutItem(ClusterIdentity Cluster)
{
    /// <summary>When it happened, where a call is ordered by time; null for what keeps its place among its cluster's other items.</summary>
    internal DateTimeOffset? At { get; init; }

    /// <summary>How much of its cluster's queue it fills, in a call that is ordered by time.</summary>
    internal int Weight { get; init; } = 1;
}

/// <summary>Objects in the API's order.</summary>
/// <typeparam name="T">Their type.</typeparam>
/// <param name="Cluster">The cluster.</param>
/// <param name="Objects">The objects that arrived together.</param>
public sealed record FanOutObjects<T>(ClusterIdentity Cluster, IReadOnlyList<T> Objects) : FanOutItem(Cluster), IFanOutObjects<T>;

/// <summary>Objects of a type or of one that is derived from it: a call may bring several types.</summary>
/// <typeparam name="T">The type.</typeparam>
public interface IFanOutObjects<out T>
{
    /// <summary>The objects that arrived together.</summary>
    IReadOnlyList<T> Objects { get; }
}

/// <summary>Why the cluster, or a part of what was asked of it, failed.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Fault">The fault.</param>
/// <param name="Target">The object or name that failed, when it is not the whole cluster.</param>
public sealed record FanOutFault(ClusterIdentity Cluster, Fault Fault, object? Target = null) : FanOutItem(Cluster);

/// <summary>Something worth saying that is no failure.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Level">The stream it belongs to.</param>
/// <param name="Text">The text, without the cluster's name.</param>
/// <param name="Data">The same as an object, for notices that a user may want as data; null for the others.</param>
public sealed record FanOutNotice(ClusterIdentity Cluster, NoticeLevel Level, string Text, object? Data = null) : FanOutItem(Cluster)
{
    /// <summary>Whether it may be said of several clusters at once.</summary>
    internal bool IsRemark { get; init; }
}

/// <summary>The cluster is done.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Row">Its row of the report.</param>
public sealed record FanOutDone(ClusterIdentity Cluster, FanOutRow Row) : FanOutItem(Cluster);

/// <summary>Which stream a notice belongs to.</summary>
public enum NoticeLevel
{
    /// <summary>Request lines and headers, without secrets.</summary>
    Debug,

    /// <summary>A line per request.</summary>
    Verbose,

    /// <summary>Connected, resumed, gap.</summary>
    Information,

    /// <summary>Rare.</summary>
    Warning,
}
