using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Nodes.Draining;

/// <summary>One list-watch of a cluster, whose changes are handed to whoever wants them.</summary>
internal static class FollowedObjects
{
    /// <summary>Watches until it is cancelled, or cannot go on; returns why.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="query">Which of its objects.</param>
    /// <param name="call">What the call brings along.</param>
    /// <param name="take">Takes what the watch says, one after the other.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Fault> FollowAsync(
        ClusterConnection connection, ResourceKind kind, ListQuery query, CallContext call, Func<WatchOutput, ValueTask> take, CancellationToken cancellationToken)
    {
        var watch = new ClusterWatch(connection, new WatchTarget { Cluster = connection.Identity, Kind = kind, Query = query, Call = call });
        var (fault, _) = await watch.RunAsync(
            async batch =>
            {
                foreach (var output in batch.Outputs)
                    await take(output).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return fault;
    }
}
