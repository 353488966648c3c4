using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Objects;

namespace MultiCluster.Caching;

/// <summary>One cluster's live caches. They end with its connection: there is nothing to dispose.</summary>
internal sealed class ClusterCaches
{
    private readonly ClusterConnection _connection;
    private readonly Lock _gate = new();
    private readonly List<KindCache> _caches = [];

    private ClusterCaches(ClusterConnection connection)
    {
        _connection = connection;
        connection.Names.Memory = (text, ns) => KindName.Find(text, [.. All.Select(static cache => cache.Kind)]) is { } kind && Find(kind, ns) is { } cache ? [.. cache.Read(ns)] : null;
    }

    /// <summary>All, those that failed until they are disabled or begun again.</summary>
    public IReadOnlyList<KindCache> All
    {
        get
        {
            lock (_gate)
                return [.. _caches];
        }
    }

    /// <summary>Those of a cluster.</summary>
    public static ClusterCaches Of(ClusterConnection connection) => connection.Attachments.Get(() => new ClusterCaches(connection));

    /// <summary>The cache of a kind and namespace: the one that there is, or one that begins.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace, or null for all.</param>
    /// <param name="call">What each request brings along.</param>
    /// <param name="begun">Whether it begins now.</param>
    public KindCache Start(ResourceKind kind, string? ns, CallContext call, out bool begun)
    {
        lock (_gate)
        {
            begun = false;
            if (_caches.Find(cache => Is(cache, kind, ns)) is { } known)
            {
                if (known.Status.State != CacheState.Ended)
                    return known;
                _caches.Remove(known);
            }

            begun = true;
            var cache = KindCache.Start(_connection, kind, ns, call);
            _caches.Add(cache);
            return cache;
        }
    }

    /// <summary>What can answer for a namespace, or with null for all of a kind's objects; null when nothing can.</summary>
    public KindCache? Find(ResourceKind kind, string? ns)
    {
        lock (_gate)
            return _caches.Find(cache => cache.Answers && (Is(cache, kind, null) || (ns is not null && Is(cache, kind, ns))));
    }

    /// <summary>Stops a cache, and forgets it.</summary>
    public void Stop(KindCache cache)
    {
        Remove(cache, keepsRow: false);
        cache.Stop();
    }

    /// <summary>It has ended.</summary>
    internal void Remove(KindCache cache, bool keepsRow)
    {
        lock (_gate)
        {
            if (!keepsRow)
                _caches.Remove(cache);
        }
    }

    private static bool Is(KindCache cache, ResourceKind kind, string? ns) =>
        cache.Namespace == ns && cache.Kind.Group == kind.Group && cache.Kind.Plural == kind.Plural;
}
