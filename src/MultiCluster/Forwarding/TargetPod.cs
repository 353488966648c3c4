using MultiCluster.Objects;

namespace MultiCluster.Forwarding;

/// <summary>A pod to which connections may go.</summary>
/// <param name="Pod">The pod, as it was when it was looked up.</param>
/// <param name="Service">The Service behind which it stands; null when it is meant by itself or by its workload.</param>
internal sealed record TargetPod(KubePod Pod, KubeService? Service);
