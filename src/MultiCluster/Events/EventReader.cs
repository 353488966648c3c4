using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Caching;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>
/// Reads the events that an <see cref="EventQuery"/> wants. One for the whole call: a fan-out that hands on the newest first
/// (<see cref="FanOutOrder.NewestFirst"/>) runs <see cref="ReadAsync"/> for each cluster. Its objects are <see cref="KubeEvent"/>s.
/// </summary>
internal sealed class EventReader(EventQuery query, TimeProvider time)
{
    private readonly DateTimeOffset _now = time.GetUtcNow();

    /// <summary>The order that the fan-out must have.</summary>
    public FanOutOrder Order => FanOutOrder.NewestFirst(query.First);

    /// <summary>Writes one cluster's events. What fails of it is written as a fault; the rest goes on.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="defaultNamespace">The namespace when the query names none.</param>
    /// <param name="context">What the call brings along to each request.</param>
    /// <param name="sink">Where the events go.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task ReadAsync(
        ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken)
    {
        var subjects = EventPlaces.SubjectsIn(query, connection.Identity.ClusterId);
        var filter = new EventFilter(query, subjects, _now);
        var objects = connection.Session.Objects;
        var missing = new MissingNamespaces(context, sink);
        var answers = query.Cached ? new CachedAnswers(connection, sink) : null;
        foreach (var place in EventPlaces.Of(query, subjects, defaultNamespace))
        {
            async Task ReadAsync(string? ns, CancellationToken stop)
            {
                var list = place with { Namespace = ns };
                var cache = answers is null ? null : await answers.OfAsync(BuiltInKinds.Event, ns, stop).ConfigureAwait(false);
                var isEmpty = true;
                if (cache is not null)
                {
                    foreach (var piece in cache.List(list))
                        isEmpty &= !await WriteAsync(piece, filter, sink, stop).ConfigureAwait(false);
                }
                else
                {
                    await foreach (var piece in objects.ListAsync(BuiltInKinds.Event, list, context, stop).ConfigureAwait(false))
                        isEmpty &= !await WriteAsync(piece, filter, sink, stop).ConfigureAwait(false);
                }

                // A cluster whose watch is broken would be waited for.
                if (isEmpty && ns is not null && subjects is null && cache is not { Status.State: not CacheState.Live })
                    await missing.CheckAsync(objects, ns, stop).ConfigureAwait(false);
            }

            try
            {
                await ReadAsync(place.Namespace, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (place.Namespace is null && e.Fault.Phase == FaultPhase.Forbidden)
            {
                var fallback = new NamespaceFallback(objects, new FirstCount(null), context, sink);
                await fallback.ReadAsync(e.Fault, null, defaultNamespace, ReadAsync, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                await sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Writes those that are wanted of a piece; true when there was something at all.</summary>
    private static async Task<bool> WriteAsync(IReadOnlyList<KubeObject> piece, EventFilter filter, FanOutSink sink, CancellationToken cancellationToken)
    {
        foreach (var happened in piece.OfType<KubeEvent>())
        {
            if (filter.Matches(happened) && filter.IsRecent(happened))
                await sink.WriteAsync<KubeEvent>([happened], EventFilter.TimeOf(happened), 1, cancellationToken).ConfigureAwait(false);
        }

        return piece.Count > 0;
    }
}
