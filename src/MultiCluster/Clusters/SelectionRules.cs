using MultiCluster.Http;
using MultiCluster.Resources.Selectors;

namespace MultiCluster.Clusters;

/// <summary>What a selection request chooses among the known clusters, and what it may not have.</summary>
internal sealed class SelectionRules(IReadOnlyList<KubeCluster> known)
{
    private readonly List<KubeCluster> _chosen = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<SelectionRefusal> _refusals = [];

    /// <summary>The sentence of the duplicate rule, word for word.</summary>
    public static string AlreadyActive(string context) => $"{context} is already active. Duplicate context names are not allowed.";

    /// <summary>The clusters that <paramref name="request"/> chooses.</summary>
    /// <param name="kept">What stays selected beside them.</param>
    public SelectionResult Choose(SelectionRequest request, IReadOnlyList<(SelectedCluster Entry, KubeCluster? Cluster)> last, KubeCluster? inCluster, IReadOnlyList<KubeCluster> kept)
    {
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
            ChooseCurrent();
        if (request.All)
            ChooseAll();
        if (inCluster is not null)
            Choose(inCluster, named: true);
        RefuseDuplicates(kept);
        return new SelectionResult([.. _chosen], [.. _refusals]);
    }

    private void ChooseId(string id)
    {
        var matches = known.Where(cluster => cluster.ClusterId == id).ToArray();
        switch (matches)
        {
            case []:
                Refuse(id, NotFound($"there is no cluster with the id '{id}'", NameFilter.IsPattern(id)
                    ? "An id is exact: select with wildcards by name."
                    : NearNames.Sentence(id, known.Select(cluster => cluster.ClusterId))));
                break;
            case [var one]:
                Choose(one, named: true);
                break;
            default:
                Refuse(id, Ambiguous(id, matches));
                break;
        }
    }

    private void ChooseName(string name)
    {
        var exact = known.Where(cluster => cluster.ClusterName == name || cluster.ClusterId == name).ToArray();
        if (exact.Length > 0)
        {
            if (exact.All(cluster => cluster.ClusterId == exact[0].ClusterId) && exact.Length > 1)
                Refuse(name, Ambiguous(name, exact));
            else
                ChooseMany(exact, named: true);
            return;
        }

        var pattern = new NamePattern(name);
        var matches = known.Where(cluster => pattern.IsMatch(cluster.ClusterName) || pattern.IsMatch(cluster.ClusterId)).ToArray();
        if (matches.Length == 0)
            Refuse(name, NotFound($"no context matches '{name}'", NearNames.Sentence(name, known.Select(cluster => cluster.ClusterName))));
        ChooseMany(matches, named: pattern.Literal is not null);
    }

    private void ChooseGroup(string group)
    {
        var pattern = new NamePattern(group);
        var matches = known.Where(cluster => cluster.Group.Any(pattern.IsMatch)).ToArray();
        if (matches.Length == 0)
            Refuse(group, NotFound($"no cluster belongs to the group '{group}'", NearNames.Sentence(group, known.SelectMany(cluster => cluster.Group)) ?? "Put clusters into groups with Set-KubeCluster -Group."));
        ChooseMany(matches);
    }

    private void ChooseCurrent()
    {
        if (known.FirstOrDefault(cluster => cluster.Current) is { } current)
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
        if (known.Count == 0)
            Refuse("*", NotFound("no kubeconfig has a context", "Give a kubeconfig with -Kubeconfig or KUBECONFIG, or add one with Add-KubeCluster."));
        ChooseMany(known);
    }

    private void ChooseMany(IEnumerable<KubeCluster> clusters, bool named = false)
    {
        foreach (var cluster in clusters)
            Choose(cluster, named);
    }

    private void Choose(KubeCluster cluster, bool named)
    {
        if (!_seen.Add($"{cluster.ClusterId}\n{cluster.Kubeconfig}"))
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

    /// <summary>A context name, and an id, can be active only once; the first keeps it.</summary>
    private void RefuseDuplicates(IReadOnlyList<KubeCluster> kept)
    {
        // What is chosen again may have another name by now: it does not stand in its own way.
        List<KubeCluster> active = [.. kept.Where(old => !_chosen.Exists(old.IsSameAs))];
        var names = active.ToDictionary(static cluster => cluster.ClusterName, StringComparer.Ordinal);
        var ids = active.ToDictionary(static cluster => cluster.ClusterId, StringComparer.Ordinal);
        foreach (var cluster in _chosen.ToArray())
        {
            var sameId = ids.GetValueOrDefault(cluster.ClusterId);
            if (sameId is null && names.TryAdd(cluster.ClusterName, cluster))
            {
                ids.Add(cluster.ClusterId, cluster);
                continue;
            }

            _chosen.Remove(cluster);
            Refuse(cluster, new Fault
            {
                Phase = FaultPhase.Conflict,
                Detail = AlreadyActive(cluster.ClusterName).TrimEnd('.'),
                Advice = sameId is null
                    ? $"Give one of them an alias, which becomes its name: Set-KubeCluster -Id '{cluster.ClusterId}' -Alias <name>."
                    : $"Rename one of the files {sameId.Kubeconfig} and {cluster.Kubeconfig}: their names make up the id, and an id can be active only once.",
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

    private static Fault Ambiguous(string name, KubeCluster[] matches) => new()
    {
        Phase = FaultPhase.Invalid,
        Detail = $"'{name}' fits {matches.Length} contexts: in {string.Join(" and in ", matches.Select(cluster => cluster.Kubeconfig))}",
        Advice = "Say which file with -Kubeconfig, or pipe the one you want from Get-KubeCluster.",
    };
}
