using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Clusters;

/// <summary>Which of the selected clusters a call is for. A missing, ambiguous or unselected target is a fault, never a fallback.</summary>
internal sealed class ClusterTargets
{
    private readonly ClusterPool _pool;
    private readonly List<KubeCluster> _clusters = [];
    private readonly HashSet<ClusterConnection> _seen = [];
    private readonly List<SelectionRefusal> _refusals = [];
    private readonly IReadOnlyList<NamePattern> _excluded;
    private bool _leavesOut;

    private ClusterTargets(ClusterPool pool, IReadOnlyList<NamePattern> excluded) => (_pool, _excluded) = (pool, excluded);

    /// <summary>The clusters, each once, in the order they were named.</summary>
    public IReadOnlyList<KubeCluster> Clusters => _clusters;

    /// <summary>What was named and is not selected.</summary>
    public IReadOnlyList<SelectionRefusal> Refusals => _refusals;

    /// <summary>
    /// Resolves what <c>-Cluster</c> and <c>-ClusterId</c> were given: wildcards on name or id, cluster objects, <see cref="ExactId"/>s, and
    /// what a leading <c>!</c> leaves out of these. Nothing given, or nothing but exclusions, means all selected clusters.
    /// </summary>
    /// <exception cref="FaultException">Nothing was given and nothing is selected; an exclusion means no cluster, or leaves none.</exception>
    public static ClusterTargets Resolve(ClusterPool pool, IReadOnlyCollection<object> given)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(given);
        bool IsExclusion(object target) => target is string text && ClusterWords.IsExclusion(text) && !pool.Selected.Any(cluster => cluster.ClusterName == text);
        var excluded = new ClusterWords(given.Where(IsExclusion).Cast<string>()).Excluded;
        object[] included = [.. given.Where(target => !IsExclusion(target))];
        var targets = new ClusterTargets(pool, excluded);
        targets.CheckExclusions(included);
        if (included.Length == 0)
            targets.AddAll();
        foreach (var target in included)
        {
            if (target is KubeCluster cluster)
                targets.Add(cluster);
            else if (target is ExactId id)
                targets.Add(id);
            else if (target is string text)
                targets.Add(text);
            else
                throw new FaultException(FaultPhase.Invalid, $"a {target.GetType().Name} is no cluster", "Give -Cluster names, ids, or objects of Get-KubeCluster.");
        }

        if (targets._leavesOut && targets._clusters.Count == 0)
            throw new FaultException(FaultPhase.Invalid, "all clusters that are meant are excluded, so that none is left", "Exclude less: what begins with ! leaves a cluster out.");
        return targets;
    }

    /// <summary>
    /// A name that excludes nothing is a typing error, by which a cluster would be asked, or changed, that was to be left alone: nothing is done.
    /// </summary>
    private void CheckExclusions(IEnumerable<object> included)
    {
        KubeCluster[] near = [.. _pool.Selected, .. included.OfType<KubeCluster>()];
        NamePattern[] unmet = [.. _excluded.Where(pattern => pattern.Literal is not null && !near.Any(cluster => cluster.Fits(pattern)))];
        if (unmet.Length == 0)
            return; // without a look at the kubeconfigs
        KubeCluster[] known = [.. near, .. _pool.Known().Clusters];
        if (unmet.FirstOrDefault(pattern => !known.Any(cluster => cluster.Fits(pattern)))?.Literal is { } name)
        {
            throw new FaultException(
                FaultPhase.NotFound,
                $"no cluster matches '{name}', so that nothing is excluded by '!{name}'",
                NearNames.Sentence(name, known.Select(static cluster => cluster.ClusterName)) ?? "Get-KubeCluster lists the known clusters.");
        }
    }

    private void AddAll()
    {
        var selected = _pool.Selected;
        if (selected.Count == 0)
            throw new FaultException(FaultPhase.NoClusterSelected, "No active clusters. Select a cluster with Select-KubeCluster", "Get-KubeCluster lists the clusters that can be selected.");
        foreach (var cluster in selected)
            Take(cluster);
    }

    /// <summary>A cluster object: its own connection while that lives, else the selected cluster of the same id.</summary>
    private void Add(KubeCluster cluster)
    {
        if (cluster.Selected)
            Take(cluster);
        else if (_pool.Selected.FirstOrDefault(cluster.IsSameAs) is { } selected)
            Take(selected);
        else
            Refuse(cluster, NotSelected(cluster.ClusterName));
    }

    private void Add(ExactId id)
    {
        if (ClusterById.Find(id.Id, _pool.Selected, _pool.Ids, out var ambiguous) is { } selected)
            Take(selected);
        else
            Refuse(id.Id, ambiguous ?? Unknown(id));
    }

    private void Add(string text)
    {
        var selected = _pool.Selected;
        var matches = selected.Where(cluster => cluster.ClusterName == text || cluster.ClusterId == text).ToArray();
        if (matches.Length == 0)
        {
            var pattern = new NamePattern(text);
            matches = [.. selected.Where(cluster => cluster.Fits(pattern))];
        }

        foreach (var match in matches)
            Take(match);
        if (matches.Length > 0)
            return;
        if (ClusterById.Find(text, selected, _pool.Ids, out var ambiguous) is { } addressed)
            Take(addressed);
        else
            Refuse(text, ambiguous ?? Unknown(text, selected));
    }

    private Fault Unknown(ExactId id)
    {
        var known = _pool.Known();
        var ids = known.Clusters.Select(static cluster => cluster.ClusterId).ToArray();
        return known.ById(id.Id, out _) is not null ? NotSelected(id.Id) : new Fault
        {
            Phase = FaultPhase.NotFound,
            Detail = $"there is no cluster with the id '{id}'",
            Advice = NameFilter.IsPattern(id.Id)
                ? "An id is exact: give names with wildcards to -Cluster."
                : NearNames.Sentence(id.Id, ids) ?? "Get-KubeCluster lists the known clusters.",
        };
    }

    private Fault Unknown(string text, IReadOnlyList<KubeCluster> selected)
    {
        var pattern = new NamePattern(text);
        var known = _pool.Known().Clusters;
        if (known.Any(cluster => cluster.Fits(pattern)))
            return NotSelected(text);
        var near = NearNames.Sentence(text, selected.Concat(known).Select(cluster => cluster.ClusterName));
        return new Fault
        {
            Phase = FaultPhase.NotFound,
            Detail = $"no cluster matches '{text}'",
            Advice = near ?? "Get-KubeCluster lists the known clusters.",
        };
    }

    private void Take(KubeCluster cluster)
    {
        if (cluster.Connection is not { } connection || !_seen.Add(connection))
            return;
        if (_excluded.Any(cluster.Fits))
        {
            _leavesOut = true;
            return;
        }

        // Objects of several sessions: a cluster is asked once, and answers are told apart by the id.
        if (_clusters.Exists(cluster.IsSameAs))
            return;
        if (_clusters.Find(other => other.ClusterId == cluster.ClusterId) is { } sameId)
            Refuse(cluster, SameId(sameId, cluster));
        else
            _clusters.Add(cluster);
    }

    private void Refuse(object target, Fault fault) => _refusals.Add(new SelectionRefusal(target, fault));

    private static Fault NotSelected(string name) => new()
    {
        Phase = FaultPhase.ClusterNotSelected,
        Detail = $"{name} is known but not selected",
        Advice = $"Select it first: Select-KubeCluster {CommandText.Quoted(name)} -Add.",
    };

    private static Fault SameId(KubeCluster first, KubeCluster second) => new()
    {
        Phase = FaultPhase.Conflict,
        Cluster = second.Identity,
        Detail = $"two sessions have given the id '{second.ClusterId}' to contexts of {first.Kubeconfig} and of {second.Kubeconfig}",
        Advice = "Ask the two in calls of their own, or select both in one session.",
    };
}
