using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>Finds a cluster by an exact id.</summary>
internal static class ClusterById
{
    /// <summary>
    /// The cluster that <paramref name="id"/> means among <paramref name="clusters"/>, or null; then <paramref name="ambiguous"/> says so
    /// when it means several. An id with more or fewer folders than the cluster's own leads to it as long as it leads nowhere else.
    /// </summary>
    /// <param name="given">The session's ids; null when the files were named, and no other is to be thought of.</param>
    public static KubeCluster? Find(string id, IReadOnlyList<KubeCluster> clusters, ClusterIds? given, out Fault? ambiguous)
    {
        ambiguous = null;
        if (clusters.FirstOrDefault(cluster => cluster.ClusterId == id) is { } exact)
            return exact;
        var meant = given?.Meant(id) ?? [.. clusters.Where(cluster => cluster.Identity.IsAddressedBy(id)).Select(static cluster => (cluster.ClusterId, cluster.Kubeconfig))];
        if (meant.Count > 1)
        {
            ambiguous = new Fault
            {
                Phase = FaultPhase.Invalid,
                Detail = $"'{id}' fits {meant.Count} contexts: {string.Join(" and ", meant.Select(static one => $"'{one.Id}' in {one.Path}"))}",
                Advice = $"Give the whole id, such as '{meant[0].Id}', or say which file with -Kubeconfig.",
            };
        }

        return meant is [var one] ? clusters.FirstOrDefault(cluster => cluster.ClusterId == one.Id) : null;
    }
}
