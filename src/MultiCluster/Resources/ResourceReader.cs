using MultiCluster.Api.Lists;
using MultiCluster.Caching;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>Reads what a <see cref="ResourceQuery"/> wants from one cluster: kinds, namespaces and names in the order given.</summary>
internal sealed class ResourceReader(ResourceQuery query)
{
    private readonly NameFilter _names = new(query.Names);
    private readonly KindChoices _choices = new();
    private readonly CacheFilter? _cached = query.Cached ? new CacheFilter(query.LabelSelector, query.FieldSelector) : null;

    /// <summary>How many objects of the call are still wanted.</summary>
    public FirstCount First { get; } = new(query.First);

    /// <summary>What the user should know of the call when it has ended, a sentence each: kinds that mean one thing here and another there.</summary>
    public IReadOnlyList<string> Remarks => _choices.Remarks;

    /// <summary>Writes one cluster's objects. What fails of it is written as a fault; the rest goes on.</summary>
    /// <param name="defaultNamespace">The namespace when the query names none.</param>
    public async Task ReadAsync(
        ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var missing = new MissingNamespaces(call, sink);
        var answers = new CachedAnswers(connection, sink);
        foreach (var text in query.Kinds)
        {
            if (First.IsReached)
                return;
            var session = connection.Session;
            ResourceKind? kind = null;
            await TryAsync(async () => kind = await session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false), sink, cancellationToken).ConfigureAwait(false);
            if (kind is null)
                continue;
            _choices.Take(text, connection.Identity, kind, session.Kinds.Rivals(text, kind));
            var reader = new KindReader(query, _names, First, session.Objects, kind, missing, call, sink);
            foreach (var ns in NamespacesFor(kind, defaultNamespace))
            {
                if (_cached is null || await answers.OfAsync(kind, ns, cancellationToken).ConfigureAwait(false) is not { } cache)
                {
                    await TryAsync(() => reader.ReadAsync(ns, defaultNamespace, cancellationToken), sink, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                // A cluster whose watch is broken would be waited for.
                if (await new CachedReader(_cached, _names, First, cache, sink).ReadAsync(ns, cancellationToken).ConfigureAwait(false) && ns is not null && kind.Namespaced && cache.Status.State == CacheState.Live)
                    await missing.CheckAsync(session.Objects, ns, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task TryAsync(Func<Task> part, FanOutSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await part().ConfigureAwait(false);
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            await sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
        }
    }

    private IReadOnlyList<string?> NamespacesFor(ResourceKind kind, string defaultNamespace)
    {
        if (!kind.Namespaced || query.AllNamespaces)
            return [null];
        return query.Namespaces.Count == 0 ? [defaultNamespace] : query.Namespaces;
    }
}
