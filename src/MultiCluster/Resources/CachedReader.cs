using MultiCluster.Caching;
using MultiCluster.FanOut;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>Reads one kind of one cluster out of its live cache, as a server would answer.</summary>
internal sealed class CachedReader(CacheFilter filter, NameFilter names, FirstCount first, KindCache cache, FanOutSink sink)
{
    /// <summary>Objects that go on together: who reads them sees the first soon.</summary>
    private const int Piece = 500;

    /// <summary>Reads a namespace, or with null the whole cluster. An exact name that is not there is a fault.</summary>
    /// <returns>True when there was nothing at all, and no name was asked for that could be missing.</returns>
    public async Task<bool> ReadAsync(string? ns, CancellationToken cancellationToken)
    {
        var missing = new HashSet<string>(names.Exact, StringComparer.Ordinal);
        var isEmpty = missing.Count == 0;
        foreach (var wanted in Wanted(ns).Chunk(Piece))
        {
            isEmpty = false;
            missing.ExceptWith(missing.Count == 0 ? [] : wanted.Select(static item => item.Name));
            var taken = first.Take(wanted.Length);
            await sink.WriteAsync<KubeObject>(taken == wanted.Length ? wanted : wanted[..taken], cancellationToken).ConfigureAwait(false);
            if (first.IsReached)
                return false;
        }

        foreach (var lacking in names.Exact.Where(missing.Contains))
            await sink.FaultAsync(MissingName.Fault(cache.Kind, ns, lacking, filter.Selects), lacking, cancellationToken).ConfigureAwait(false);
        return isEmpty;
    }

    private IEnumerable<KubeObject> Wanted(string? ns) => names.NeedsList || (ns is null && cache.Kind.Namespaced)
        ? cache.Read(ns, item => names.Matches(item.Name) && filter.Matches(item))
        : names.Exact.Select(name => cache.Find(ns, name)).OfType<KubeObject>().Where(filter.Matches);
}
