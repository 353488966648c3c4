using System.Collections.Immutable;
using System.Text.Json;
using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Clusters;

/// <summary>What the user set for the clusters of one name, id or pattern. A field that is null says nothing.</summary>
internal sealed record PreferenceRule
{
    /// <summary>A ClusterName or ClusterId, exact or with wildcards (see <see cref="NamePattern"/>).</summary>
    public required string Pattern
    {
        get;
        init
        {
            field = value;
            Matcher = new NamePattern(value);
        }
    }

    /// <summary>
    /// Full path of the kubeconfig whose context the rule is for, when its pattern is an id; null for one that holds for whatever fits. Two
    /// files may make the same id, and what was set for one cluster must not show on another.
    /// </summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>The name to show in place of the context's.</summary>
    public string? Alias { get; init; }

    /// <summary>A regular expression that makes the alias of the context's name (see <see cref="AliasPattern"/>).</summary>
    public string? AliasPattern
    {
        get;
        init
        {
            field = value;
            Aliases = value is not null && Clusters.AliasPattern.TryParse(value, out var pattern, out _) ? pattern : null;
        }
    }

    /// <summary>The namespace to use in place of the context's.</summary>
    public string? DefaultNamespace { get; init; }

    /// <summary>The groups that the clusters belong to; an empty list takes them out of all.</summary>
    public IReadOnlyList<string>? Group { get; init; }

    /// <summary>Tags and their values; a bare tag's value is empty.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }

    /// <summary>Whether every write must ask.</summary>
    public bool? Protected { get; init; }

    /// <summary>Requests per second.</summary>
    public double? Qps { get; init; }

    /// <summary>Requests at once.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>Whether the login may go to an http address of this machine.</summary>
    public bool? AllowPlaintextLogin { get; init; }

    /// <summary>Findings that are not shown; an empty list shows all.</summary>
    public IReadOnlyList<string>? IgnoreFinding { get; init; }

    internal ImmutableDictionary<string, JsonElement> Unknown { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    private AliasPattern? Aliases { get; init; }

    private NamePattern Matcher { get; init; } = new("");

    /// <summary>
    /// How closely the rule means the cluster: 0 not at all, 1 by wildcards, 2 by its name, 3 by what its id would be with more or fewer
    /// files around, 4 by its id, 5 by its id and its file.
    /// </summary>
    internal int RankFor(ClusterIdentity cluster)
    {
        if (KubeconfigPath is not null) return cluster.IsIn(KubeconfigPath) && IsId(cluster) ? 5 : 0;
        if (Matcher.IsExactly(cluster.ClusterId)) return 4;
        if (IsId(cluster)) return 3;
        if (Matcher.IsExactly(cluster.ClusterName) || Matcher.IsExactly(cluster.Context)) return 2;
        return Matcher.IsMatch(cluster.ClusterName) || Matcher.IsMatch(cluster.Context) || Matcher.IsMatch(cluster.ClusterId) || Matcher.IsMatch(cluster.PlainId) ? 1 : 0;
    }

    /// <summary>
    /// True when the rule protects a cluster of this id whose file is gone: a kubeconfig that was moved must not lose its protection
    /// without a word. Nothing else of the rule holds for it: it may be another cluster by now, and must not bear its alias.
    /// </summary>
    internal bool StillProtects(ClusterIdentity cluster) =>
        Protected == true && KubeconfigPath is not null && !cluster.IsIn(KubeconfigPath) && IsId(cluster) && !File.Exists(KubeconfigPath);

    private bool IsId(ClusterIdentity cluster) => Matcher.IsExactly(cluster.ClusterId) || (Matcher.Literal is { } id && cluster.IsAddressedBy(id));

    internal ClusterPreferences Over(ClusterPreferences lower, string context) => new()
    {
        Alias = Alias ?? Aliases?.Of(context) ?? lower.Alias,
        DefaultNamespace = DefaultNamespace ?? lower.DefaultNamespace,
        Group = Group ?? lower.Group,
        Tag = Tag ?? lower.Tag,
        Protected = Protected ?? lower.Protected,
        Qps = Qps ?? lower.Qps,
        ThrottleLimit = ThrottleLimit ?? lower.ThrottleLimit,
        AllowPlaintextLogin = AllowPlaintextLogin ?? lower.AllowPlaintextLogin,
        IgnoreFinding = IgnoreFinding ?? lower.IgnoreFinding,
    };
}
