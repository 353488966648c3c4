using System.Management.Automation;
using MultiCluster.Http;

namespace MultiCluster.Module.Pipeline;

/// <summary>
/// A fault as PowerShell's error: id <c>Kube.&lt;Phase&gt;</c>, the category of the phase, the cluster or the object as its target.
/// PowerShell appends the cmdlet's class to the id, as it does for every cmdlet: match with <c>-like 'Kube.Forbidden*'</c>.
/// </summary>
/// <param name="Fault">The fault.</param>
/// <param name="Target">What failed: the cluster, or an object of it.</param>
/// <param name="ErrorId">The id.</param>
internal sealed record CmdletError(Fault Fault, object? Target, string ErrorId)
{
    /// <summary>The category of the fault's phase.</summary>
    internal ErrorCategory Category => Fault.Phase switch
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
        _ => ErrorCategory.NotSpecified,
    };

    /// <summary>The error that <paramref name="fault"/> makes.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="target">What failed, when it is not the whole cluster.</param>
    /// <param name="errorId">The id, when it says more than the phase.</param>
    internal static CmdletError Of(Fault fault, object? target = null, string? errorId = null) =>
        new(fault, target ?? fault.Cluster, errorId ?? $"Kube.{fault.Phase}");

    internal ErrorRecord ToErrorRecord()
    {
        var record = new ErrorRecord(new FaultException(Fault), ErrorId, Category, Target)
        {
            // PowerShell's error view prints the recommended action on a line of its own.
            ErrorDetails = new ErrorDetails(Fault.Message) { RecommendedAction = Fault.Advice },
        };
        record.CategoryInfo.Reason = Fault.Reason ?? Fault.Phase.ToString();
        if (Fault.Operation is not null)
            record.CategoryInfo.Activity = Fault.Operation;
        if (Fault.Cluster is not null)
            record.CategoryInfo.TargetName = Fault.Cluster.ClusterName;
        return record;
    }
}
