using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>What the kubeconfigs offer at one moment.</summary>
/// <param name="Clusters">Every context; those that cannot be selected say why.</param>
/// <param name="Problems">Files that cannot be read.</param>
/// <param name="Places">Where was looked, for the message when there is nothing.</param>
/// <param name="Notices">What the user should know of the preferences file.</param>
public sealed record KnownClusters(IReadOnlyList<KubeCluster> Clusters, IReadOnlyList<KubeconfigProblem> Problems, IReadOnlyList<string> Places, IReadOnlyList<string> Notices)
{
    /// <summary>Files that were found in folders and are no kubeconfigs, a sentence each: for those who miss one.</summary>
    public IReadOnlyList<string> PassedOver { get; private init; } = [];

    /// <summary>The session's ids; null when the files were named.</summary>
    internal ClusterIds? Ids { get; private init; }

    /// <summary>Why clusters may be missing: each file that cannot be read, by its path, or that there is none at all.</summary>
    public IReadOnlyList<SelectionRefusal> Refusals => Clusters.Count == 0 && Problems.Count == 0
        ? [new(string.Join(", ", Places), NoKubeconfig())]
        : [.. Problems.Select(static problem => new SelectionRefusal(problem.Path, Unreadable(problem)))];

    /// <summary>The cluster of an id; null when there is none, or the id means several: then <paramref name="ambiguous"/> says which.</summary>
    public KubeCluster? ById(string id, out Fault? ambiguous) => ClusterById.Find(id, Clusters, Ids, out ambiguous);

    /// <param name="ids">The session's ids; null when the files were named.</param>
    internal static KnownClusters Of(KubeconfigSnapshot snapshot, LoadedPreferences preferences, IReadOnlyList<KubeCluster> selected, ClusterIds? ids = null)
    {
        var active = selected.ToDictionary(cluster => cluster.ClusterName, StringComparer.Ordinal);
        var clusters = new KubeCluster[snapshot.Contexts.Count];
        for (var i = 0; i < clusters.Length; i++)
        {
            var context = snapshot.Contexts[i];
            var cluster = Make(context, preferences.Preferences);
            var same = selected.FirstOrDefault(cluster.IsSameAs);
            clusters[i] = new KubeCluster(context, cluster.Identity, cluster.Preferences)
            {
                Connection = same?.Connection,
                Reason = context.Problem ?? (same is null && active.ContainsKey(cluster.ClusterName) ? SelectionRules.AlreadyActive(cluster.ClusterName) : null),
            };
        }

        Name(clusters, selected);
        return new KnownClusters(clusters, snapshot.Problems, snapshot.Places, preferences.Notices)
        {
            PassedOver = [.. snapshot.PassedOver.Select(static problem => $"Passed over {problem}")],
            Ids = ids,
        };
    }

    internal static KubeCluster Make(KubeconfigContext context, Preferences preferences)
    {
        var own = preferences.For(context.Identity);
        return new KubeCluster(context, context.Identity with { ClusterName = NameOf(context, own) }, own);
    }

    /// <summary>The name that a context has with these preferences.</summary>
    internal static string NameOf(KubeconfigContext context, ClusterPreferences preferences) =>
        preferences.Alias is { Length: > 0 } alias ? alias : context.Identity.ClusterName;

    /// <summary>Those that are selected are called as everywhere, and all others so that they are told from these, too.</summary>
    private static void Name(KubeCluster[] clusters, IReadOnlyList<KubeCluster> selected)
    {
        var taken = selected.ToDictionary(static cluster => cluster.ClusterName, static cluster => cluster.ShortName, StringComparer.Ordinal);
        var names = ShortNames.Of(clusters.Select(static cluster => cluster.ClusterName), taken);
        foreach (var cluster in clusters)
            cluster.ShortName = names[cluster.ClusterName];
    }

    private Fault NoKubeconfig() => new()
    {
        Phase = FaultPhase.Kubeconfig,
        Detail = $"no kubeconfig with a context was found; looked at {string.Join(", ", Places)}",
        Advice = "Set KUBECONFIG, name a file with -Kubeconfig, or add one with Add-KubeCluster.",
    };

    private static Fault Unreadable(KubeconfigProblem problem) => new()
    {
        Phase = FaultPhase.Kubeconfig,
        Detail = problem.ToString().TrimEnd('.'),
        Advice = Path.Exists(problem.Path) ? "Correct the file, or move it away. The other kubeconfigs are listed." : "Correct the path. The other kubeconfigs are listed.",
    };
}
