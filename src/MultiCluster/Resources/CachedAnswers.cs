using MultiCluster.Caching;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>The live caches that answer a call on one cluster, and what its user should know of their age: once for each kind.</summary>
internal sealed class CachedAnswers(ClusterConnection connection, FanOutSink sink)
{
    private readonly HashSet<(string Resource, string? Namespace)> _told = [];

    /// <summary>The cache that answers; null where there is none, which is told.</summary>
    public async ValueTask<KindCache?> OfAsync(ResourceKind kind, string? ns, CancellationToken cancellationToken)
    {
        var cache = ClusterCaches.Of(connection).Find(kind, ns);
        if (!_told.Add((kind.Resource, cache is null ? ns : cache.Namespace)))
            return cache;
        if (cache is null)
            await sink.RemarkAsync($"{kind.Plural} have no cache there, and are read from the server. Enable-KubeCache {kind.Resource} makes one.", cancellationToken).ConfigureAwait(false);
        else if (cache.Status is { State: CacheState.Stale } status)
            await sink.NoticeAsync(NoticeLevel.Warning, $"{kind.Plural} are those of {KubeCache.AgeOf(cache)} ago: the cache's watch is broken ({status.Fault?.Detail}).", cancellationToken).ConfigureAwait(false);
        else
            await sink.NoticeAsync(NoticeLevel.Verbose, $"{kind.Plural} come from the cache, which is live.", cancellationToken).ConfigureAwait(false);
        return cache;
    }
}
