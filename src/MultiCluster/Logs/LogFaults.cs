using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Logs;

/// <summary>What a fault of reading a container's log means, and what to do about it.</summary>
internal static class LogFaults
{
    /// <summary>True when the container has not started: it has no log yet.</summary>
    public static bool IsNotStarted(Fault fault) => fault.HttpStatus == 400
        && (fault.Detail.Contains("waiting to start", StringComparison.Ordinal) || fault.Detail.Contains("is not available", StringComparison.Ordinal));

    /// <summary>True when the pod is gone.</summary>
    public static bool IsGone(Fault fault) => fault.HttpStatus == 404;

    /// <summary>True when asking again changes nothing.</summary>
    public static bool IsFinal(Fault fault) => !IsNotStarted(fault)
        && fault.Phase is FaultPhase.Forbidden or FaultPhase.Invalid or FaultPhase.NotFound or FaultPhase.KindNotFound
            or FaultPhase.Kubeconfig or FaultPhase.ClusterNotSelected;

    /// <summary><paramref name="fault"/> with what to do about it when it is a log that cannot be read.</summary>
    public static Fault Advised(Fault fault, LogSource source) => fault with
    {
        Advice = fault switch
        {
            { HttpStatus: 403 } => $"Reading logs needs the right \"get pods/log\" in namespace {source.Namespace}: ask for it (the role view has it).",
            { HttpStatus: 404 } => "The pod, or the node it ran on, is gone. Name what it belongs to (deployment/NAME) to read its successor's log.",
            { HttpStatus: 400 } when fault.Detail.Contains("previous terminated container", StringComparison.Ordinal) =>
                "The container has not been started again since its pod was made, or its node has forgotten: read it without -Previous.",
            { HttpStatus: 400 } when IsNotStarted(fault) => "Try again when it runs, or wait for it with -Follow.",
            { Phase: FaultPhase.Server } => $"The API server asks the pod's node, which may be down. {fault.Advice}",
            _ => fault.Advice,
        },
    };

    /// <summary><paramref name="fault"/> of something that is tried again by itself.</summary>
    public static Fault GoesOn(Fault fault) => fault with { Advice = $"{fault.Advice} It is tried again by itself.".TrimStart() };

    /// <summary>Another pod bears the name of one that was read before: the next one of a StatefulSet.</summary>
    public static Fault Replaced(ClusterIdentity cluster, KubePod pod) => WriteFaults.Replaced(pod.Source.Kind, pod.Name) with
    {
        Cluster = cluster,
        Operation = $"read the log of {pod.Namespace}/{pod.Name}",
        Advice = "Read the pods anew with Get-KubePod, or give its name, if the new one is meant.",
    };

    /// <summary>What a kubelet wrote in place of lines.</summary>
    public static Fault Complaint(LogSource source, string text) => new()
    {
        Phase = FaultPhase.Server,
        Cluster = source.Cluster,
        Operation = $"read the log of {source}",
        Detail = $"the kubelet says: {text}",
        Advice = "The node no longer has the log, because the container was removed or its files were rotated meanwhile.",
    };
}
