using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Caching;

/// <summary>
/// Cached objects for a reader of his own, who may add members to his. They bear the name that the cluster has now, not that of the day on which
/// they came.
/// </summary>
internal sealed class OwnedCopies(ClusterIdentity cluster)
{
    private ObjectSource? _last;
    private ObjectSource? _renamed;

    /// <summary>The reader's own of an object.</summary>
    public KubeObject Of(KubeObject item)
    {
        if (item.Source.Cluster == cluster)
            return item.Copy(item.Source);
        if (item.Source != _last)
            (_last, _renamed) = (item.Source, item.Source with { Cluster = cluster });
        return item.Copy(_renamed!);
    }
}
