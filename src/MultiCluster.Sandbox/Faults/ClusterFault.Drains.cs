using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Evictions;

namespace MultiCluster.Sandbox.Faults;

// What goes wrong with evictions and deletions.
public abstract partial class ClusterFault
{
    /// <summary>Every eviction of a pod is refused, whatever its budget says.</summary>
    /// <param name="ns">The pod's namespace.</param>
    /// <param name="pod">The pod's name; null for every pod of the namespace.</param>
    /// <param name="code">429 as of a budget that is used up, 500 as of a pod under two budgets, or 403 as of an admission webhook.</param>
    public static ClusterFault RefusedEviction(string ns, string? pod = null, int code = 429)
    {
        Func<SimulatedRequest, StatusError> error = code switch
        {
            429 => _ => EvictionErrors.Exhausted(pod ?? ns, 1, 1),
            500 => _ => EvictionErrors.TooManyBudgets(),
            403 => request => StatusError.DeniedByWebhook("evictions.sandbox.multicluster.example", $"{request.Info.Name} may not be evicted"),
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "An eviction is refused with 429, 500 or 403."),
        };
        return new StatusFault(error).When(r => r is { Resource: "pods", Subresource: "eviction", Verb: "create" } && r.Namespace == ns && (pod is null || r.Name == pod));
    }

    /// <summary>A pod that is deleted does not end, as on a node whose runtime hangs, until the fault is removed. Grace 0 removes it still.</summary>
    /// <param name="ns">The pod's namespace.</param>
    /// <param name="pod">The pod's name; null for every pod of the namespace.</param>
    public static ClusterFault StuckPod(string ns, string? pod = null) => new StuckPodFault(ns, pod);
}
