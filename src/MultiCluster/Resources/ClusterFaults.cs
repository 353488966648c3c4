using MultiCluster.Faults;

namespace MultiCluster.Resources;

/// <summary>Which faults are the cluster's, and not those of a kind or namespace.</summary>
internal static class ClusterFaults
{
    /// <summary>True when the next kind or namespace would meet the same: the cluster itself does not answer, or does not let the user in.</summary>
    public static bool IsOfCluster(Fault fault) => fault.Phase is
        FaultPhase.Kubeconfig or FaultPhase.Credential or FaultPhase.Dns or FaultPhase.Connect or FaultPhase.Tls
        or FaultPhase.Unauthorized or FaultPhase.Timeout or FaultPhase.ClusterNotSelected;
}
