using MultiCluster.Http;
using MultiCluster.Kubeconfig;

namespace MultiCluster.FanOut;

/// <summary>What one cluster adds to a call: objects, a fault, a notice, or its end.</summary>
/// <param name="Cluster">The cluster.</param>
public abstract record FanOutItem(ClusterIdentity Cluster);

/// <summary>Objects in the API's order.</summary>
/// <typeparam name="T">Their type.</typeparam>
/// <param name="Cluster">The cluster.</param>
/// <param name="Objects">The objects that arrived together.</param>
public sealed record FanOutObjects<T>(ClusterIdentity Cluster, IReadOnlyList<T> Objects) : FanOutItem(Cluster);

/// <summary>Why the cluster, or a part of what was asked of it, failed.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Fault">The fault.</param>
/// <param name="Target">The object or name that failed, when it is not the whole cluster.</param>
public sealed record FanOutFault(ClusterIdentity Cluster, Fault Fault, object? Target = null) : FanOutItem(Cluster);

/// <summary>Something worth saying that is no failure.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Level">The stream it belongs to.</param>
/// <param name="Text">The text, without the cluster's name.</param>
public sealed record FanOutNotice(ClusterIdentity Cluster, NoticeLevel Level, string Text) : FanOutItem(Cluster);

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
