using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Clusters;

/// <summary>A change of the preferences for one name or pattern. What is null stays; what is empty or zero is taken away.</summary>
internal sealed record PreferenceChange
{
    /// <summary>The name to show.</summary>
    public string? Alias { get; init; }

    /// <summary>What makes the names to show of the contexts' names.</summary>
    public string? AliasPattern { get; init; }

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

    /// <summary>Whether the login may go to an http address of this machine.</summary>
    public bool? AllowPlaintextLogin { get; init; }

    /// <summary>Findings that are not shown.</summary>
    public IReadOnlyList<string>? IgnoreFinding { get; init; }

    private bool IsEmpty => Alias is null && AliasPattern is null && DefaultNamespace is null && Group is null && Tag is null && Protected is null && Qps is null && ThrottleLimit is null && AllowPlaintextLogin is null && IgnoreFinding is null;

    /// <summary>Says what is wrong with the change before anything is written.</summary>
    /// <param name="pattern">The name, id or pattern that was given.</param>
    /// <param name="concerned">The clusters that it fits.</param>
    /// <param name="known">All that are known, those selected included: their names are taken.</param>
    /// <exception cref="FaultException">Nothing is changed, nothing of that name exists, an alias would fit several clusters or is another's name, a pattern is none or gives one alias to several, or a login would leave this machine unencrypted.</exception>
    public void Check(string pattern, IReadOnlyCollection<KubeCluster> concerned, IReadOnlyCollection<KubeCluster> known)
    {
        ArgumentNullException.ThrowIfNull(concerned);
        if (IsEmpty)
            throw new FaultException(FaultPhase.Invalid, "there is nothing to set", "Give -Alias, -AliasPattern, -DefaultNamespace, -Group, -Tag, -Protected, -Qps, -ThrottleLimit, -AllowPlaintextLogin or -IgnoreFinding.");
        var exact = new NamePattern(pattern).Literal is not null;
        if (concerned.Count == 0 && exact)
            throw new FaultException(FaultPhase.NotFound, $"there is no cluster '{pattern}'", "Get-KubeCluster lists the known clusters. A pattern with * may fit clusters to come.");
        if (Alias is { Length: > 0 } && concerned.Count != 1)
            throw new FaultException(FaultPhase.Invalid, $"'{pattern}' fits {concerned.Count} clusters, and an alias is one cluster's own", concerned.FirstOrDefault() is { } one
                ? $"Name one cluster by its id: Set-KubeCluster -Id {CommandText.Quoted(one.ClusterId)} -Alias {CommandText.Quoted(Alias)}."
                : "Name one cluster by its id, which Get-KubeCluster shows.");
        foreach (var cluster in Alias is null ? [] : concerned)
            CheckName(cluster, known);
        if (AliasPattern is { Length: > 0 })
            CheckAliases(AliasPattern, concerned, known);
        if (AllowPlaintextLogin == true && exact && concerned.FirstOrDefault(static cluster => !cluster.IsPlaintextLoopback) is { } away)
            throw new FaultException(FaultPhase.Invalid, $"{away.ClusterName} has no http address of this machine itself, and a login is sent nowhere else unencrypted", "It is for addresses such as http://localhost:8001, without a proxy-url. Write https:// in the cluster's server address.");
    }

    /// <summary>A name is one cluster's own: of what is known where an alias is given, and of what is selected where one is taken away.</summary>
    private void CheckName(KubeCluster cluster, IReadOnlyCollection<KubeCluster> known)
    {
        var name = Alias is { Length: > 0 } alias ? alias : cluster.Context;
        if (known.FirstOrDefault(other => !other.IsSameAs(cluster) && other.ClusterName == name && (Alias is { Length: > 0 } || (cluster.Selected && other.Selected))) is { } other)
            throw new FaultException(FaultPhase.Conflict, $"'{name}' is the name of {other.ClusterId} already, and a name is one cluster's own", "Choose another alias, or give that cluster another one first.");
    }

    /// <summary>
    /// The change, to be applied to what the file says at that moment. For single clusters it goes into the rule of each one's id, in
    /// place of what other rules for that very cluster say; a pattern with wildcards has a rule of its own.
    /// </summary>
    /// <param name="pattern">The name, id or pattern that was given.</param>
    /// <param name="concerned">The clusters that it fits.</param>
    /// <param name="all">False when there may be others of that name: what a rule for the name says stays theirs.</param>
    public Func<Preferences, Preferences> ApplyTo(string pattern, IReadOnlyCollection<KubeCluster> concerned, bool all = true) => preferences =>
    {
        if (new NamePattern(pattern).Literal is not { } literal)
            return ApplyTo(preferences, pattern);
        var byName = all && !concerned.Any(cluster => cluster.Identity.IsAddressedBy(literal) || cluster.ClusterId == pattern);
        var found = concerned.Select(cluster => cluster.Origin.Identity).Select(cluster => (Cluster: cluster, Rules: RulesFor(preferences, cluster, byName))).ToArray();
        // Each takes what a rule for their common name says along before that rule goes.
        var kept = preferences with { Clusters = [.. preferences.Clusters.Except(found.SelectMany(static one => one.Rules))] };
        return found.Aggregate(kept, (now, one) => now with { Clusters = [.. now.Clusters, Changed(Merged(one.Rules, one.Cluster))] });
    };

    /// <summary>What the clusters would be called by the pattern, as far as it matches them.</summary>
    public IReadOnlyList<string> Aliases(IEnumerable<KubeCluster> concerned) =>
        AliasPattern is { Length: > 0 } && Clusters.AliasPattern.TryParse(AliasPattern, out var pattern, out _)
            ? [.. concerned.Select(cluster => pattern.Of(cluster.Context)).OfType<string>()]
            : [];

    private void CheckAliases(string text, IReadOnlyCollection<KubeCluster> concerned, IReadOnlyCollection<KubeCluster> known)
    {
        if (Alias is { Length: > 0 })
            throw new FaultException(FaultPhase.Invalid, "-Alias is one cluster's name and -AliasPattern makes those of several", "Give one of them.");
        if (!Clusters.AliasPattern.TryParse(text, out var pattern, out var problem))
            throw new FaultException(FaultPhase.Invalid, $"the alias pattern is no regular expression: {problem}", "What its first group matches of a context's name becomes the alias: '.*/(.+)'.");
        var named = concerned.Select(cluster => (Cluster: cluster, Alias: pattern.Of(cluster.Context))).Where(static pair => pair.Alias is not null).ToArray();
        if (concerned.Count > 0 && named.Length == 0)
            throw new FaultException(FaultPhase.Invalid, $"the alias pattern matches none of the {concerned.Count} contexts, such as '{concerned.First().Context}'", "What its first group matches of a context's name becomes the alias: '.*/(.+)'.");
        var others = known.Where(cluster => !named.Any(pair => pair.Cluster.IsSameAs(cluster))).Select(static cluster => (Cluster: cluster, Alias: (string?)cluster.ClusterName));
        if (named.Concat(others).GroupBy(static pair => pair.Alias, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1 && group.Any(named.Contains)) is { } twice)
            throw new FaultException(FaultPhase.Conflict, $"the alias pattern gives the name '{twice.Key}' to {string.Join(" and ", twice.Take(2).Select(static pair => pair.Cluster.ClusterId))}", "Let its group match more of the names, by what these differ.");
    }

    /// <summary>The change of the rule for a pattern, whatever it fits.</summary>
    internal Func<Preferences, Preferences> ApplyTo(string pattern) => preferences => ApplyTo(preferences, pattern);

    /// <summary>The rules for exactly this cluster, by its id, and by its name only when it was named so; the closest last.</summary>
    private static PreferenceRule[] RulesFor(Preferences preferences, ClusterIdentity cluster, bool byName) =>
        [.. preferences.Clusters.Where(rule => rule.RankFor(cluster) is var rank && (rank >= 4 || (byName && rank == 2))).OrderBy(rule => rule.RankFor(cluster))];

    /// <summary>What these rules say, as the one for the cluster's id in its file.</summary>
    private static PreferenceRule Merged(PreferenceRule[] exact, ClusterIdentity cluster)
    {
        var pattern = NamePattern.Escape(cluster.ClusterId);
        var merged = (exact.LastOrDefault() ?? new PreferenceRule { Pattern = pattern }) with { Pattern = pattern, KubeconfigPath = cluster.KubeconfigPath is { Length: > 0 } path ? path : null };
        foreach (var rule in exact.AsEnumerable().Reverse().Skip(1))
        {
            merged = merged with
            {
                Alias = merged.Alias ?? rule.Alias,
                AliasPattern = merged.AliasPattern ?? rule.AliasPattern,
                DefaultNamespace = merged.DefaultNamespace ?? rule.DefaultNamespace,
                Group = merged.Group ?? rule.Group,
                Tag = merged.Tag ?? rule.Tag,
                Protected = merged.Protected ?? rule.Protected,
                Qps = merged.Qps ?? rule.Qps,
                ThrottleLimit = merged.ThrottleLimit ?? rule.ThrottleLimit,
                AllowPlaintextLogin = merged.AllowPlaintextLogin ?? rule.AllowPlaintextLogin,
                IgnoreFinding = merged.IgnoreFinding ?? rule.IgnoreFinding,
            };
        }

        return merged;
    }

    private Preferences ApplyTo(Preferences preferences, string pattern)
    {
        var rule = preferences.Clusters.FirstOrDefault(rule => IsFor(rule, pattern)) ?? new PreferenceRule { Pattern = pattern };
        return preferences with { Clusters = [.. preferences.Clusters.Where(other => !IsFor(other, pattern)), Changed(rule)] };
    }

    private static bool IsFor(PreferenceRule rule, string pattern) => rule.Pattern == pattern && rule.KubeconfigPath is null;

    private PreferenceRule Changed(PreferenceRule rule) => rule with
    {
        Alias = Text(Alias, rule.Alias),
        AliasPattern = Text(AliasPattern, rule.AliasPattern),
        DefaultNamespace = Text(DefaultNamespace, rule.DefaultNamespace),
        Group = Group ?? rule.Group,
        Tag = Tag ?? rule.Tag,
        Protected = Protected ?? rule.Protected,
        Qps = Qps is 0 ? null : Qps ?? rule.Qps,
        ThrottleLimit = ThrottleLimit is 0 ? null : ThrottleLimit ?? rule.ThrottleLimit,
        AllowPlaintextLogin = AllowPlaintextLogin ?? rule.AllowPlaintextLogin,
        IgnoreFinding = IgnoreFinding ?? rule.IgnoreFinding,
    };

    private static string? Text(string? change, string? now) => change is null ? now : change.Length == 0 ? null : change;
}
