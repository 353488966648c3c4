using System.Runtime.CompilerServices;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Objects;

namespace MultiCluster.Caching;

/// <summary>
/// Lists of a cluster's objects, out of its live caches where there are any, for what asks no user whether it may: a cache whose watch is whole is
/// as current as an answer of the server's. One that is broken does not count.
/// </summary>
internal sealed class LiveLists(ClusterConnection connection, CallContext call)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>The cache that answers for a namespace, or with null for all; null when none is live.</summary>
    public KindCache? Find(ResourceKind kind, string? ns)
    {
        if (ClusterCaches.Of(connection).Find(kind, ns) is not { Status.State: CacheState.Live } cache)
            return null;
        lock (_told)
        {
            if (_told.Add(kind.Resource))
                call.Say?.Invoke($"{kind.Plural} come from the cache, which is live.");
        }

        return cache;
    }

    /// <summary>The objects that a query wants, piece by piece.</summary>
    /// <exception cref="Faults.FaultException">The list fails.</exception>
    public async IAsyncEnumerable<IReadOnlyList<KubeObject>> ListAsync(ResourceKind kind, ListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Find(kind, query.Namespace) is { } cache)
        {
            foreach (var piece in cache.List(query))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return piece;
            }

            yield break;
        }

        await foreach (var piece in connection.Session.Objects.ListAsync(kind, query, call, cancellationToken).ConfigureAwait(false))
            yield return piece;
    }
}
