using System.Collections.Concurrent;
using MultiCluster.Objects;

namespace MultiCluster.Api.Watches;

/// <summary>
/// Whether one cluster sends lists as the beginning of a watch (<c>sendInitialEvents</c>). Servers say so by their version only, older ones
/// ignore the wish, and some newer ones have it switched off: then what they refused is remembered.
/// </summary>
internal sealed class StreamingLists
{
    /// <summary>The first version with streaming lists switched on (KEP-3157).</summary>
    private static Version ServedFrom => new(1, 32);

    private readonly ConcurrentDictionary<string, bool> _refused = new(StringComparer.Ordinal);

    /// <summary>True when it is worth asking for one.</summary>
    /// <param name="kind">The kind; another server may stand behind each API group.</param>
    /// <param name="version">The cluster's version, <c>v1.34.1+k3s1</c>, or null while it is not known.</param>
    public bool AreServed(ResourceKind kind, string? version) =>
        VersionOf(version) >= ServedFrom && !_refused.ContainsKey(kind.Group);

    /// <summary>The kind's server does not do it.</summary>
    public void Refuse(ResourceKind kind) => _refused[kind.Group] = true;

    private static Version? VersionOf(string? text)
    {
        var parts = text?.TrimStart('v').Split('.', 3);
        return parts is { Length: >= 2 } && int.TryParse(parts[0], out var major) && int.TryParse(parts[1], out var minor) ? new(major, minor) : null;
    }
}
