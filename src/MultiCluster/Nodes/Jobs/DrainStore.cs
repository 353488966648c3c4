using System.Collections.Concurrent;
using MultiCluster.Clusters;
using MultiCluster.Faults;

namespace MultiCluster.Nodes.Jobs;

/// <summary>
/// The drains of a session, each cluster's by themselves: one at a time for each node, and the last five that have ended. They outlive the
/// selection of their cluster, whose end stops those that run.
/// </summary>
internal sealed class DrainStore
{
    private readonly ConcurrentDictionary<string, ClusterDrains> _clusters = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>All, in the order in which they began.</summary>
    public IReadOnlyList<KubeDrain> All => [.. _clusters.Values.SelectMany(static cluster => cluster.All).OrderBy(static drain => drain.Id)];

    /// <summary>Those of a session.</summary>
    public static DrainStore Of(ClusterPool pool) => pool.Attachments.Get(static () => new DrainStore());

    /// <summary>Begins the drain of a node.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="node">The node.</param>
    /// <param name="cancellationToken">Stops it, as <see cref="KubeDrain.Stop"/> and the deselection of its cluster do.</param>
    /// <exception cref="FaultException">The node is being drained already (Conflict).</exception>
    public KubeDrain Begin(ClusterConnection connection, string node, CancellationToken cancellationToken) =>
        _clusters.GetOrAdd(connection.Identity.ClusterId, static _ => new ClusterDrains())
            .Begin(new KubeDrain(Interlocked.Increment(ref _last), connection, node, cancellationToken), connection.Identity);

    /// <summary>The drain has ended.</summary>
    public void End(KubeDrain drain, KubeDrainResult result)
    {
        drain.End(result);
        _clusters[drain.ClusterId].End(drain);
    }
}
