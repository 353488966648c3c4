using MultiCluster.Access;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Nodes.Draining;

/// <summary>
/// One list-watch of a cluster, whose changes are handed to whoever wants them. Where the user may not watch, it is read again and again,
/// as kubectl does.
/// </summary>
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
        if (!await MayWatchAsync(connection, kind, query, call, cancellationToken).ConfigureAwait(false))
            return await PolledObjects.FollowAsync(connection, kind, query, call, take, cancellationToken).ConfigureAwait(false);
        if (query.Name is { } name)
            query = query with { Name = null, FieldSelector = FieldSelector.WithName(query.FieldSelector, name) }; // a watch knows no names
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

    /// <summary>Asked before: a watch that is refused once its list was allowed tries again for a while, since a server that starts forbids everything.</summary>
    private static async Task<bool> MayWatchAsync(ClusterConnection connection, ResourceKind kind, ListQuery query, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            return (await AccessReviews.Of(connection).AskAsync(AccessQuestion.Of("watch", kind, query.Namespace), call, cancellationToken).ConfigureAwait(false)).Allowed;
        }
        catch (FaultException)
        {
            return true; // the watch itself will say what there is to say
        }
    }
}
