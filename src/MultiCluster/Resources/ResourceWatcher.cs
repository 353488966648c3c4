using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;

namespace MultiCluster.Resources;

/// <summary>
/// Watches what a <see cref="WatchQuery"/> wants on many clusters. One for the whole call: a fan-out in the order of time
/// (<see cref="FanOutOrder.ByTime"/>) runs <see cref="WatchAsync"/> for each cluster. Its objects are <see cref="KubeWatchEvent"/>s, its
/// notices <see cref="FanOutNotice"/>s with a <see cref="KubeWatchNotice"/> as their data.
/// </summary>
internal sealed class ResourceWatcher : IDisposable
{
    private readonly WatchQuery _query;
    private readonly WatchScope _scope;
    private readonly WatchedObjects? _objects;
    private readonly WatchCall _call;

    /// <summary>A call that begins now.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="clusters">On how many clusters.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Numbers in [0, 1) for pauses and durations; null for chance.</param>
    /// <exception cref="Faults.FaultException">A name can name no object (Invalid).</exception>
    public ResourceWatcher(WatchQuery query, int clusters, TimeProvider time, Func<double>? random = null)
    {
        _query = query;
        _scope = new WatchScope(query);
        _call = new WatchCall(query.First, query.Duration, clusters * query.Kinds.Count, time, random ?? Random.Shared.NextDouble);
    }

    /// <summary>A call that watches objects which are there, and begins now.</summary>
    /// <param name="query">How it is watched; which kinds and names stands in <paramref name="objects"/>.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="time">The clock.</param>
    public ResourceWatcher(WatchQuery query, WatchedObjects objects, TimeProvider time)
    {
        _query = query;
        _scope = new WatchScope(query);
        _objects = objects;
        _call = new WatchCall(query.First, query.Duration, objects.Kinds, time, Random.Shared.NextDouble);
    }

    /// <summary>
    /// Hands out one cluster's events until the call has enough, or nothing of the cluster can be watched any more. What fails is written
    /// as a fault; the rest goes on.
    /// </summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="defaultNamespace">The namespace when the query names none.</param>
    /// <param name="context">What the call brings along to each request.</param>
    /// <param name="sink">Where the events go.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public Task WatchAsync(
        ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken)
    {
        var cluster = new WatchedCluster(connection, defaultNamespace, context, _call, sink);
        if (_objects?.In(connection.Identity.ClusterId, _query) is not { } mine)
            return cluster.RunAsync(_scope, _query.Kinds, new ResourceEvents(_query.ChangesOnly, _call, sink), cancellationToken);
        return cluster.RunAsync(mine.Scope, mine.Kinds, new ResourceEvents(_query.ChangesOnly, _call, sink, mine.IsMeant), cancellationToken);
    }

    /// <summary>Ends the call's clock.</summary>
    public void Dispose() => _call.Dispose();
}
