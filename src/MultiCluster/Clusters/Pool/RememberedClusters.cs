using MultiCluster.Faults;

namespace MultiCluster.Clusters;

/// <summary>Finds the remembered selection again, also where <c>-Kubeconfig</c> led to it.</summary>
internal static class RememberedClusters
{
    /// <summary>For each entry its cluster, or why it is not there.</summary>
    /// <exception cref="FaultException">No selection is remembered.</exception>
    public static async Task<IReadOnlyList<(SelectedCluster Entry, KubeCluster? Cluster)>> OfAsync(
        ClusterPool pool, KnownClusters known, LoadedPreferences preferences, CancellationToken cancellationToken)
    {
        var remembered = preferences.Preferences.LastSelection;
        if (remembered.Count == 0)
            throw new FaultException(FaultPhase.NotFound, "no selection is remembered", "Select clusters by name first.");
        var found = remembered.Select(entry => (Entry: entry, Cluster: Find(known.Clusters, entry))).ToArray();
        string[] elsewhere = [.. found.Where(pair => pair.Cluster is null && pair.Entry.KubeconfigPath.Length > 0).Select(pair => pair.Entry.KubeconfigPath).Distinct(FileLabel.Comparer)];
        var more = elsewhere.Length == 0
            ? []
            : KnownClusters.Of(await pool.LoadAsync(elsewhere, preferences.Preferences, cancellationToken).ConfigureAwait(false), preferences, pool.Selected).Clusters;
        var inCluster = found.Any(pair => pair.Entry.KubeconfigPath.Length == 0) && pool.TryInCluster() is { } context
            ? KnownClusters.Make(context, preferences.Preferences)
            : null;
        return [.. found.Select(pair => (pair.Entry, pair.Cluster ?? Find(more, pair.Entry) ?? (inCluster is null ? null : Find([inCluster], pair.Entry))))];
    }

    private static KubeCluster? Find(IReadOnlyList<KubeCluster> clusters, SelectedCluster entry) =>
        clusters.FirstOrDefault(cluster => cluster.Identity.IsIn(entry.KubeconfigPath) && cluster.Identity.IsAddressedBy(entry.ClusterId));
}
