using MultiCluster.Faults;

namespace MultiCluster.Nodes;

/// <summary>What a node that is not drained is as a fault.</summary>
internal static class DrainFaults
{
    /// <summary>The fault; null for a node that is drained, was not begun because of others, or was stopped by its user.</summary>
    public static Fault? Of(KubeDrainResult result) => result.State switch
    {
        DrainState.Failed => Of(result, FaultPhase.Server),
        DrainState.TimedOut => Of(result, FaultPhase.Timeout),
        DrainState.Blocked => Of(result, FaultPhase.Conflict),
        DrainState.Cancelled when result.Reason == DisconnectedReason => Of(result, FaultPhase.ClusterNotSelected),
        DrainState.Skipped when result.Fault is not null => Of(result, FaultPhase.Server),
        _ => null,
    };

    /// <summary>No drain of the session has this number.</summary>
    public static Fault NoSuchDrain(int id) => new()
    {
        Phase = FaultPhase.NotFound,
        Detail = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"there is no drain {id}"),
        Advice = "Get-KubeDrain lists those that run, and the last five of each cluster that have ended.",
    };

    /// <summary>No drain of the session has this number on this node.</summary>
    public static Fault NoDrainOf(string? id, string? clusterId, string? node) => new()
    {
        Phase = FaultPhase.NotFound,
        Detail = id is null || clusterId is null || node is null
            ? "what is piped in leads to no drain: that takes Id, ClusterId and Node"
            : $"this session has no drain {id} of the node {node} of {clusterId}",
        Advice = "Get-KubeDrain lists those that run, and the last five of each cluster that have ended.",
    };

    /// <summary>Why a drain ends whose cluster is deselected.</summary>
    public const string DisconnectedReason = "Cluster disconnected.";

    private static Fault Of(KubeDrainResult result, FaultPhase phase) => new()
    {
        Phase = result.Fault?.Phase ?? phase,
        Cluster = result.Cluster,
        HttpStatus = result.Fault?.HttpStatus,
        Reason = result.State.ToString(),
        Operation = $"drain node {result.Node}",
        Detail = (result.Reason ?? result.Fault?.Detail ?? "").TrimEnd('.'),
        Advice = Advice(result),
    };

    private static string Advice(KubeDrainResult result) => result switch
    {
        { State: DrainState.Blocked } => "The node was not touched. Get-Help Invoke-KubeDrain -Parameter * tells which switch lets which pods go.",
        { LeftCordoned: true } => $"{result.Fault?.Advice} The node stays cordoned: drain it again, or make it schedulable with Resume-KubeNode {result.Node}.".TrimStart(),
        _ => result.Fault?.Advice ?? "Drain it again when the cause is gone.",
    };
}
