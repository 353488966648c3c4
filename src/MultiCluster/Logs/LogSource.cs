using MultiCluster.Faults;

namespace MultiCluster.Logs;

/// <summary>The container that lines come from; all of its lines share one.</summary>
internal sealed record LogSource(ClusterIdentity Cluster, string Namespace, string Pod, string Container)
{
    /// <summary>As messages name it: <c>container app of pod web/web-1</c>.</summary>
    public override string ToString() => $"container {Container} of pod {Namespace}/{Pod}";
}
