using System.Collections.Immutable;
using System.Text.Json;
using MultiCluster.Faults;

namespace MultiCluster.Clusters;

/// <summary>What the user set once and for all sessions. Immutable; holds no secrets.</summary>
internal sealed record Preferences
{
    /// <summary>No preferences.</summary>
    public static Preferences Empty { get; } = new();

    /// <summary>The clusters that were selected last, for <c>Select-KubeCluster -Last</c>.</summary>
    public IReadOnlyList<SelectedCluster> LastSelection { get; init; } = [];

    /// <summary>Further kubeconfig files and folders to search.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>Rules for clusters, in their order.</summary>
    public IReadOnlyList<PreferenceRule> Clusters { get; init; } = [];

    /// <summary>Fields of the file that this version does not know.</summary>
    internal ImmutableDictionary<string, JsonElement> Unknown { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>
    /// What the rules say of one cluster, field by field: a rule for its exact ClusterId beats one for its exact name, that beats a pattern,
    /// and among equals the later rule wins. A rule that was set for the cluster of one file holds for no other's.
    /// </summary>
    public ClusterPreferences For(ClusterIdentity cluster)
    {
        var merged = new ClusterPreferences { Protected = Clusters.Any(r => r.StillProtects(cluster)) };
        foreach (var rule in Clusters.Where(r => r.RankFor(cluster) > 0).OrderBy(r => r.RankFor(cluster))) merged = rule.Over(merged, cluster.Context);
        return merged;
    }
}

/// <summary>A cluster of the last selection.</summary>
/// <param name="ClusterId">Its id.</param>
/// <param name="KubeconfigPath">Full path of its kubeconfig, since the id depends on what other files there are; empty for the in-cluster identity.</param>
internal sealed record SelectedCluster(string ClusterId, string KubeconfigPath)
{
    internal ImmutableDictionary<string, JsonElement> Unknown { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;
}

/// <summary>What all rules together say of one cluster.</summary>
internal sealed record ClusterPreferences
{
    /// <summary>The name to show in place of the context's, or null.</summary>
    public string? Alias { get; init; }

    /// <summary>The namespace to use in place of the context's, or null.</summary>
    public string? DefaultNamespace { get; init; }

    /// <summary>The groups that the cluster belongs to.</summary>
    public IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>Tags and their values; a bare tag's value is empty.</summary>
    public IReadOnlyDictionary<string, string> Tag { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>True when every write must ask.</summary>
    public bool Protected { get; init; }

    /// <summary>Requests per second, or null for the default.</summary>
    public double? Qps { get; init; }

    /// <summary>Requests at once, or null for the default.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>True when the login may go to an http address of this machine.</summary>
    public bool AllowPlaintextLogin { get; init; }

    /// <summary>Findings that are not shown: rules, and what they are not to be told of.</summary>
    public IReadOnlyList<string> IgnoreFinding { get; init; } = [];
}
