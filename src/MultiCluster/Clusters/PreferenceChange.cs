using MultiCluster.Http;
using MultiCluster.Kubeconfig;
using MultiCluster.Resources.Selectors;

namespace MultiCluster.Clusters;

/// <summary>A change of the preferences for one name or pattern. What is null stays; what is empty or zero is taken away.</summary>
public sealed record PreferenceChange
{
    /// <summary>The name to show.</summary>
    public string? Alias { get; init; }

    /// <summary>The namespace.</summary>
    public string? DefaultNamespace { get; init; }

    /// <summary>The groups.</summary>
    public IReadOnlyList<string>? Group { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string>? Tag { get; init; }

    /// <summary>Whether every write must ask.</summary>
    public bool? Protected { get; init; }

    /// <summary>Requests per second.</summary>
    public double? Qps { get; init; }

    /// <summary>Requests at once.</summary>
    public int? ThrottleLimit { get; init; }

    private bool IsEmpty => Alias is null && DefaultNamespace is null && Group is null && Tag is null && Protected is null && Qps is null && ThrottleLimit is null;

    /// <summary>Says what is wrong with the change before anything is written.</summary>
    /// <exception cref="FaultException">Nothing is changed, nothing of that name exists, or an alias would fit several clusters.</exception>
    public void Check(string pattern, IReadOnlyCollection<KubeCluster> concerned)
    {
        ArgumentNullException.ThrowIfNull(concerned);
        if (IsEmpty)
            throw new FaultException(FaultPhase.Invalid, "there is nothing to set", "Give -Alias, -DefaultNamespace, -Group, -Tag, -Protected, -Qps or -ThrottleLimit.");
        var exact = new NamePattern(pattern).Literal is not null;
        if (concerned.Count == 0 && exact)
            throw new FaultException(FaultPhase.NotFound, $"there is no cluster '{pattern}'", "Get-KubeCluster lists the known clusters. A pattern with * may fit clusters to come.");
        if (Alias is { Length: > 0 } && concerned.Count != 1)
            throw new FaultException(FaultPhase.Invalid, $"'{pattern}' fits {concerned.Count} clusters, and an alias is one cluster's own", "Name one cluster by its id: Set-KubeCluster -Id <id> -Alias <name>.");
    }

    /// <summary>
    /// The change, to be applied to what the file says at that moment. For single clusters it goes into the rule of each one's id, in
    /// place of what other rules for that very cluster say; a pattern with wildcards has a rule of its own.
    /// </summary>
    public Func<Preferences, Preferences> ApplyTo(string pattern, IReadOnlyCollection<KubeCluster> concerned) => preferences =>
        new NamePattern(pattern).Literal is null
            ? ApplyTo(preferences, pattern)
            : concerned.Aggregate(preferences, (now, cluster) =>
                ApplyTo(MergeRules(now, cluster.Origin.Identity, byName: !new NamePattern(pattern).IsExactly(cluster.ClusterId)), NamePattern.Escape(cluster.ClusterId)));

    /// <summary>The change of the rule for a pattern, whatever it fits.</summary>
    internal Func<Preferences, Preferences> ApplyTo(string pattern) => preferences => ApplyTo(preferences, pattern);

    /// <summary>Moves what the rules for exactly this cluster say into the one for its id; a rule for its name only when it was named so.</summary>
    private static Preferences MergeRules(Preferences preferences, ClusterIdentity cluster, bool byName)
    {
        var exact = preferences.Clusters.Where(rule => rule.RankFor(cluster) > (byName ? 1 : 2)).OrderBy(rule => rule.RankFor(cluster)).ToArray();
        if (exact.Length == 0)
            return preferences;
        var merged = exact[^1] with { Pattern = NamePattern.Escape(cluster.ClusterId) };
        foreach (var rule in exact.Reverse().Skip(1))
        {
            merged = merged with
            {
                Alias = merged.Alias ?? rule.Alias,
                DefaultNamespace = merged.DefaultNamespace ?? rule.DefaultNamespace,
                Group = merged.Group ?? rule.Group,
                Tag = merged.Tag ?? rule.Tag,
                Protected = merged.Protected ?? rule.Protected,
                Qps = merged.Qps ?? rule.Qps,
                ThrottleLimit = merged.ThrottleLimit ?? rule.ThrottleLimit,
            };
        }

        return preferences with { Clusters = [.. preferences.Clusters.Except(exact), merged] };
    }

    private Preferences ApplyTo(Preferences preferences, string pattern)
    {
        var rule = preferences.Clusters.FirstOrDefault(rule => rule.Pattern == pattern) ?? new PreferenceRule { Pattern = pattern };
        var changed = rule with
        {
            Alias = Text(Alias, rule.Alias),
            DefaultNamespace = Text(DefaultNamespace, rule.DefaultNamespace),
            Group = Group ?? rule.Group,
            Tag = Tag ?? rule.Tag,
            Protected = Protected ?? rule.Protected,
            Qps = Qps is 0 ? null : Qps ?? rule.Qps,
            ThrottleLimit = ThrottleLimit is 0 ? null : ThrottleLimit ?? rule.ThrottleLimit,
        };
        return preferences with { Clusters = [.. preferences.Clusters.Where(other => other.Pattern != pattern), changed] };
    }

    private static string? Text(string? change, string? now) => change is null ? now : change.Length == 0 ? null : change;
}
