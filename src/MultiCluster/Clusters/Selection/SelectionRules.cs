using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Clusters;

/// <summary>What a selection request chooses among the known clusters, and what it may not have.</summary>
internal sealed class SelectionRules(KnownClusters known)
{
    private readonly List<KubeCluster> _chosen = [];
    private readonly HashSet<(string Context, string Kubeconfig)> _seen = [];
    private readonly List<SelectionRefusal> _refusals = [];
    private readonly DefaultFile _default = new(known);
    private NamePattern[] _excluded = [];

    /// <summary>The sentence of the duplicate rule, word for word.</summary>
    public static string AlreadyActive(string context) => $"{context} is already active. Duplicate context names are not allowed.";

    /// <summary>The fault of a group that none of the clusters belongs to.</summary>
    public static Fault NoSuchGroup(string group, IEnumerable<KubeCluster> clusters) => NotFound(
        $"no cluster belongs to the group '{group}'",
        NearNames.Sentence(group, clusters.SelectMany(static cluster => cluster.Group)) ?? "Put clusters into groups with Set-KubeCluster -Group.");

    /// <summary>The clusters that <paramref name="request"/> chooses.</summary>
    /// <param name="kept">What stays selected beside them.</param>
    public SelectionResult Choose(SelectionRequest request, IReadOnlyList<(SelectedCluster Entry, KubeCluster? Cluster)> last, KubeCluster? inCluster, IReadOnlyList<KubeCluster> kept)
    {
        _excluded = [.. request.Exclude.Select(static name => new NamePattern(name))];
        foreach (var cluster in request.Clusters)
            Choose(cluster, named: true);
        foreach (var id in request.Ids)
            ChooseId(id);
        foreach (var name in request.Names)
            ChooseName(name);
        foreach (var group in request.Groups)
            ChooseGroup(group);
        foreach (var (entry, cluster) in last)
            ChooseRemembered(entry, cluster);
        if (request.Current)
            ChooseCurrent(request);
        if (request.All)
            ChooseAll();
        if (inCluster is not null)
            Choose(inCluster, named: true);
        RefuseExclusions();
        RefuseDuplicates(kept);
        return new SelectionResult([.. _chosen], [.. _refusals]) { Details = _default.Details };
    }

    private void ChooseId(string id)
    {
        if (known.ById(id, out var ambiguous) is { } cluster)
            Choose(cluster, named: true);
        else
            Refuse(id, ambiguous ?? NotFound($"there is no cluster with the id '{id}'", AdviceFor(id)));
    }

    private string? AdviceFor(string id)
    {
        if (NameFilter.IsPattern(id))
            return "An id is exact: select with wildcards by name.";
        return known.Ids?.Meant(id) is [var elsewhere]
            ? $"In this session it is a context of {elsewhere.Path}, which is not in the usual places: Select-KubeCluster -Id {CommandText.Quoted(id)} -Kubeconfig {CommandText.Quoted(elsewhere.Path)}"
            : NearNames.Sentence(id, known.Clusters.Select(cluster => cluster.ClusterId));
    }

    private void ChooseName(string name)
    {
        var named = known.Clusters.Where(cluster => cluster.ClusterName == name).ToArray();
        if (named.Length > 0)
        {
            ChooseMany(_default.Preferred(named), named: true);
            return;
        }

        if (known.ById(name, out var ambiguous) is { } byId)
        {
            Choose(byId, named: true);
            return;
        }

        if (ambiguous is not null)
        {
            Refuse(name, ambiguous);
            return;
        }

        var pattern = new NamePattern(name);
        var matches = known.Clusters.Where(cluster => cluster.Fits(pattern)).ToArray();
        if (matches.Length == 0)
            Refuse(name, NotFound($"no context matches '{name}'", NearNames.Sentence(name, known.Clusters.Select(cluster => cluster.ClusterName))));
        ChooseMany(_default.WithoutCopies(matches), named: pattern.Literal is not null);
    }

    private void ChooseGroup(string group)
    {
        var pattern = new NamePattern(group);
        var matches = known.Clusters.Where(cluster => cluster.Group.Any(pattern.IsMatch)).ToArray();
        if (matches.Length == 0)
            Refuse(group, NoSuchGroup(group, known.Clusters));
        ChooseMany(_default.WithoutCopies(matches));
    }

    private void ChooseCurrent(SelectionRequest request)
    {
        // Files that a folder search comes across say nothing of what is current; those of a folder that was named do.
        if (known.Clusters.FirstOrDefault(cluster => cluster.Current && (cluster.IsOfDefaultFile || request.Kubeconfig.Count > 0)) is { } current)
            Choose(current, named: true);
        else
            Refuse("current-context", NotFound("the kubeconfig names no current-context that exists", "Select a cluster by its name."));
    }

    private void ChooseRemembered(SelectedCluster entry, KubeCluster? cluster)
    {
        if (cluster is not null)
            Choose(cluster, named: true);
        else
            Refuse(entry.ClusterId, NotFound($"the remembered cluster '{entry.ClusterId}' is not in {(entry.KubeconfigPath.Length == 0 ? "this pod" : entry.KubeconfigPath)} any more", null));
    }

    private void ChooseAll()
    {
        if (known.Clusters.Count == 0)
            Refuse("*", NotFound("no kubeconfig has a context", "Give a kubeconfig with -Kubeconfig or KUBECONFIG, or add one with Add-KubeCluster."));
        ChooseMany(_default.WithoutCopies(known.Clusters));
    }

    private void ChooseMany(IEnumerable<KubeCluster> clusters, bool named = false)
    {
        foreach (var cluster in clusters)
            Choose(cluster, named);
    }

    private void Choose(KubeCluster cluster, bool named)
    {
        if (Array.Exists(_excluded, cluster.Fits) || !_seen.Add((cluster.Context, cluster.Kubeconfig)))
            return;
        if (cluster.Origin.Problem is not { } problem)
        {
            _chosen.Add(cluster);
            return;
        }

        Refuse(cluster, new Fault
        {
            Phase = FaultPhase.Kubeconfig,
            Cluster = cluster.Identity,
            Detail = problem.TrimEnd('.'),
            Advice = named ? $"Correct the context in {cluster.Kubeconfig}." : $"Correct the context in {cluster.Kubeconfig}; the others are selected.",
        });
    }

    /// <summary>
    /// A name that excludes nothing is a typing error, by which something is selected that was not to be. And who excludes all that he
    /// chooses goes on with the clusters of before: that is said.
    /// </summary>
    private void RefuseExclusions()
    {
        if (_excluded.Length > 0 && _chosen.Count == 0 && _refusals.Count == 0)
        {
            Refuse(_excluded[0].Pattern, new Fault
            {
                Phase = FaultPhase.Invalid,
                Detail = "all that is chosen is excluded, so that the selection is what it was",
                Advice = "Exclude less, or deselect everything with Select-KubeCluster -None.",
            });
        }

        foreach (var name in _excluded.Select(static pattern => pattern.Literal).OfType<string>().Where(name => !known.Clusters.Any(cluster => cluster.Fits(new NamePattern(name)))))
            Refuse(name, NotFound($"no context matches '{name}', so that nothing is excluded by it", NearNames.Sentence(name, known.Clusters.Select(static cluster => cluster.ClusterName))));
    }

    /// <summary>A context name can be active only once; the first keeps it.</summary>
    private void RefuseDuplicates(IReadOnlyList<KubeCluster> kept)
    {
        // What is chosen again may have another name by now: it does not stand in its own way.
        var names = kept.Where(old => !_chosen.Exists(old.IsSameAs)).Select(static cluster => cluster.ClusterName).ToHashSet(StringComparer.Ordinal);
        foreach (var cluster in _chosen.ToArray())
        {
            if (names.Add(cluster.ClusterName))
                continue;
            _chosen.Remove(cluster);
            Refuse(cluster, new Fault
            {
                Phase = FaultPhase.Conflict,
                Detail = AlreadyActive(cluster.ClusterName).TrimEnd('.'),
                Advice = AliasAdvice.For(cluster, known.Ids is not null && known.Clusters.Any(cluster.IsSameAs), [.. names, .. known.Clusters.Select(static other => other.ClusterName)]),
            });
        }
    }

    private void Refuse(object target, Fault fault) => _refusals.Add(new SelectionRefusal(target, fault));

    private static Fault NotFound(string detail, string? advice) => new()
    {
        Phase = FaultPhase.NotFound,
        Detail = detail,
        Advice = advice ?? "Get-KubeCluster lists the known contexts.",
    };
}
