using System.Collections.Frozen;
using MultiCluster.Terminal;

namespace MultiCluster.Clusters;

/// <summary>
/// What the rows of a session show of their clusters' names: rows know the id and the full name, and may outlive the selection that they
/// came of. Read by the threads of all that show rows.
/// </summary>
internal sealed class SessionShortNames
{
    private volatile FrozenDictionary<string, Entry> _entries = FrozenDictionary<string, Entry>.Empty;

    /// <summary>The cells of the longest name that has been shown since the selection, or may be.</summary>
    public int Longest { get; private set; }

    /// <summary>
    /// Names the clusters of a new selection. Those of earlier ones keep their short names, unless one of these is called so now: two
    /// clusters are never called the same.
    /// </summary>
    public void Select(IReadOnlyList<KubeCluster> selected)
    {
        var names = ShortNames.Of(selected.Select(static cluster => cluster.ClusterName));
        foreach (var cluster in selected)
            cluster.ShortName = names[cluster.ClusterName];
        var entries = selected.ToDictionary(static cluster => cluster.ClusterId, static cluster => new Entry(cluster.ClusterName, cluster.ShortName), StringComparer.Ordinal);
        var taken = names.Values.ToHashSet(StringComparer.Ordinal);
        foreach (var (id, old) in _entries)
        {
            if (!entries.ContainsKey(id) && taken.Add(old.ShortName))
                entries[id] = old;
        }

        Longest = names.Values.Select(static name => TerminalCells.Width(name)).DefaultIfEmpty().Max();
        _entries = entries.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The short name of a row's cluster; null when the session does not know it, as one that was read from a file.</summary>
    public string? Of(string clusterId, string clusterName) =>
        _entries.TryGetValue(clusterId, out var entry) && entry.ClusterName == clusterName ? entry.ShortName : null;

    /// <summary>What a row shows of its cluster's name: of one that the session does not know, both ends of it.</summary>
    public string Show(string clusterId, string clusterName)
    {
        var shown = Of(clusterId, clusterName) ?? TerminalCells.CutMiddle(TerminalText.VisibleLine(clusterName), ShortNames.Width);
        Longest = Math.Max(Longest, TerminalCells.Width(shown));
        return shown;
    }

    private sealed record Entry(string ClusterName, string ShortName);
}
