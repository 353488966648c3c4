using System.Collections.Concurrent;
using MultiCluster.Objects;

namespace MultiCluster.Api.Discovery;

/// <summary>A snapshot and the names that have been looked up in it: a pipeline asks for the same few kinds again and again.</summary>
internal sealed class KindIndex(DiscoverySnapshot snapshot)
{
    private readonly ConcurrentDictionary<string, ResourceKind> _found = new(StringComparer.OrdinalIgnoreCase);

    public DiscoverySnapshot Snapshot => snapshot;

    /// <summary>The kind that <paramref name="text"/> means, or null.</summary>
    public ResourceKind? Find(string text)
    {
        if (_found.TryGetValue(text, out var known))
            return known;
        var kind = KindName.Find(text, snapshot.Kinds);
        return kind is null ? null : _found.GetOrAdd(text, kind);
    }
}
