using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>
/// Watches the events that an <see cref="EventQuery"/> wants. One for the whole call: a fan-out in the order of time
/// (<see cref="FanOutOrder.ByTime"/>) runs <see cref="WatchAsync"/> for each cluster. Its objects are <see cref="KubeEvent"/>s: one that is
/// seen again comes again, with its count. Its notices are <see cref="FanOutNotice"/>s with a <see cref="KubeWatchNotice"/> as their data.
/// </summary>
internal sealed class EventWatcher : IDisposable
{
    private static readonly string[] Events = ["events"];

    private readonly EventQuery _query;
    private readonly WatchCall _call;
    private readonly DateTimeOffset _now;

    /// <summary>A call that begins now.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="clusters">On how many clusters.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Numbers in [0, 1) for pauses and durations; null for chance.</param>
    public EventWatcher(EventQuery query, int clusters, TimeProvider time, Func<double>? random = null)
    {
        _query = query;
        _now = time.GetUtcNow();
        _call = new WatchCall(query.First, query.Duration, clusters, time, random ?? Random.Shared.NextDouble);
    }

    /// <summary>
    /// Hands out one cluster's events until the call has enough, or they can be watched no more. What fails is written as a fault; the rest
    /// goes on.
    /// </summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="defaultNamespace">The namespace when the query names none.</param>
    /// <param name="context">What the call brings along to each request.</param>
    /// <param name="sink">Where the events go.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public Task WatchAsync(
        ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken)
    {
        var subjects = EventPlaces.SubjectsIn(_query, connection.Identity.ClusterId);
        var scope = new WatchScope((_, ns) => EventPlaces.Of(_query, subjects, ns)) { ChecksNamespaces = subjects is null };
        var consumer = new EventStream(new EventFilter(_query, subjects, _now), _query.Since is not null, _call, sink);
        return new WatchedCluster(connection, defaultNamespace, context, _call, sink).RunAsync(scope, Events, consumer, cancellationToken);
    }

    /// <summary>Ends the call's clock.</summary>
    public void Dispose() => _call.Dispose();
}
