using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Pipeline;

/// <summary>
/// A fault as PowerShell's error: id <c>Kube.&lt;Phase&gt;</c>, the category of the phase, the cluster or the object as its target.
/// PowerShell appends the cmdlet's class to the id, as it does for every cmdlet: match with <c>-like 'Kube.Forbidden*'</c>.
/// </summary>
internal static class FaultRecord
{
    /// <summary>The error that <paramref name="fault"/> makes.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="target">What failed, when it is not the whole cluster.</param>
    /// <param name="errorId">The id, when it says more than the phase.</param>
    internal static ErrorRecord Of(Fault fault, object? target = null, string? errorId = null)
    {
        var record = new ErrorRecord(new FaultException(fault), errorId ?? $"Kube.{fault.Phase}", CategoryOf(fault.Phase), target ?? fault.Cluster)
        {
            // PowerShell's error view prints the recommended action on a line of its own.
            ErrorDetails = new ErrorDetails(fault.Message) { RecommendedAction = fault.Advice },
        };
        record.CategoryInfo.Reason = fault.Reason ?? fault.Phase.ToString();
        if (fault.Operation is not null)
            record.CategoryInfo.Activity = fault.Operation;
        record.CategoryInfo.TargetName = TerminalText.VisibleLine(fault.Cluster?.ClusterName ?? $"{target}");
        return record;
    }

    /// <summary>The error of a fault that one or several clusters have: without another target these are it.</summary>
    internal static ErrorRecord Of(Fault fault, object? target, IReadOnlyList<ClusterIdentity> clusters)
    {
        if (fault.Cluster is not null || clusters.Count < 2)
            return Of(fault, target);
        var all = new ClusterSet(clusters);
        var record = Of(fault, target ?? all);
        record.CategoryInfo.TargetName = $"{all}";
        return record;
    }

    private static ErrorCategory CategoryOf(FaultPhase phase) => phase switch
    {
        FaultPhase.Kubeconfig => ErrorCategory.InvalidData,
        FaultPhase.Credential => ErrorCategory.AuthenticationError,
        FaultPhase.Dns => ErrorCategory.ConnectionError,
        FaultPhase.Connect => ErrorCategory.ConnectionError,
        FaultPhase.Tls => ErrorCategory.SecurityError,
        FaultPhase.Unauthorized => ErrorCategory.AuthenticationError,
        FaultPhase.Forbidden => ErrorCategory.PermissionDenied,
        FaultPhase.KindNotFound => ErrorCategory.ObjectNotFound,
        FaultPhase.NotFound => ErrorCategory.ObjectNotFound,
        FaultPhase.Conflict => ErrorCategory.ResourceExists,
        FaultPhase.Invalid => ErrorCategory.InvalidArgument,
        FaultPhase.Throttled => ErrorCategory.LimitsExceeded,
        FaultPhase.Timeout => ErrorCategory.OperationTimeout,
        FaultPhase.Server => ErrorCategory.ResourceUnavailable,
        FaultPhase.Decode => ErrorCategory.InvalidData,
        FaultPhase.NoClusterSelected => ErrorCategory.InvalidOperation,
        FaultPhase.ClusterNotSelected => ErrorCategory.InvalidOperation,
        FaultPhase.Protected => ErrorCategory.PermissionDenied,
        FaultPhase.CommandFailed => ErrorCategory.FromStdErr,
        _ => ErrorCategory.NotSpecified,
    };
}
