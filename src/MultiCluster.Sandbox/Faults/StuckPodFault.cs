namespace MultiCluster.Sandbox.Faults;

/// <summary>A kubelet that does not get a pod to end.</summary>
internal sealed class StuckPodFault(string ns, string? pod) : ClusterFault
{
    private IDisposable? _hold;

    internal override bool ActsOnRequests => false;

    internal override void Added(FaultTarget cluster) =>
        _hold = cluster.Kubelets.Hold(item => item.Namespace == ns && (pod is null || item.Name == pod));

    internal override void Removed(FaultTarget cluster) => _hold?.Dispose();
}
