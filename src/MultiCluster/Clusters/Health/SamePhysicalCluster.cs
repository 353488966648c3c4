namespace MultiCluster.Clusters;

/// <summary>Finds contexts that lead to one and the same cluster.</summary>
internal static class SamePhysicalCluster
{
    /// <summary>A sentence for each physical cluster that several of <paramref name="found"/> are.</summary>
    public static IReadOnlyList<string> Notices(IReadOnlyList<ClusterPreflight> found) =>
    [
        .. from one in found
           where one.ClusterUid is not null
           group one.ClusterName by one.ClusterUid into same
           where same.Count() > 1
           select $"{string.Join(" and ", same)} are the same physical cluster (uid {same.Key}): what is counted over both is counted twice.",
    ];
}
