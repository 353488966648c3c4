using System.Collections.Concurrent;
using MultiCluster.Http;
using MultiCluster.Resources.Lists;

namespace MultiCluster.Clusters;

/// <summary>
/// Names of one cluster's objects for completion: asked for once as metadata, kept for half a minute, and shared by all who ask meanwhile.
/// </summary>
internal sealed class NameCache(ClusterConnection connection, TimeProvider time)
{
    private const int Most = 2000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Kind, string? Namespace), Entry> _lists = new();

    /// <summary>The names of a kind in a namespace, or in all.</summary>
    /// <exception cref="FaultException">The cluster fails.</exception>
    public Task<IReadOnlyList<string>> OfAsync(string kind, string? ns)
    {
        var key = (kind, ns);
        if (_lists.TryGetValue(key, out var known) && time.GetUtcNow() < known.Until && !known.Names.IsFaulted && !known.Names.IsCanceled)
            return known.Names;
        var entry = new Entry(ListAsync(kind, ns), time.GetUtcNow() + Lifetime);
        _lists[key] = entry;
        return entry.Names;
    }

    private async Task<IReadOnlyList<string>> ListAsync(string text, string? ns)
    {
        using var use = connection.Use();
        var session = connection.Session;
        var kind = await session.Kinds.ResolveAsync(text, connection.Disconnected).ConfigureAwait(false);
        var query = new ListQuery { Namespace = ns, MetadataOnly = true, First = Most };
        var names = new List<string>();
        await foreach (var piece in session.Objects.ListAsync(kind, query, CallContext.Default, connection.Disconnected).ConfigureAwait(false))
            names.AddRange(piece.Select(static item => item.Name));
        return names;
    }

    private sealed record Entry(Task<IReadOnlyList<string>> Names, DateTimeOffset Until);
}
