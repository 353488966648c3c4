using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Api.Writes;

/// <summary>What a refused write means.</summary>
internal static class WriteFaults
{
    /// <summary>The cause that the admission plugin NamespaceLifecycle gives (<c>corev1.NamespaceTerminatingCause</c>).</summary>
    private const string NamespaceTerminating = "NamespaceTerminating";

    /// <summary>
    /// True when the object that was meant is gone: there is none of its name, or one with another uid. A deletion's or eviction's
    /// precondition fails as a 409 that speaks of the UID (apiserver <c>rest.BeforeDelete</c>, <c>storage.Preconditions</c>); a patch that
    /// names another uid is a 409 too, or a 422 of the field (seen on 1.20).
    /// </summary>
    public static bool IsGone(Fault fault) => fault switch
    {
        { HttpStatus: 404, Phase: FaultPhase.NotFound } => true,
        { HttpStatus: 409 } => fault.Detail.Contains("UID in", StringComparison.Ordinal) || fault.Detail.Contains("Precondition failed: UID", StringComparison.Ordinal),
        { HttpStatus: 422 } => fault.Causes.Any(static cause => cause.Field == "metadata.uid"),
        _ => false,
    };

    /// <summary>True when the object was changed since it was read, so that reading it again helps.</summary>
    public static bool IsStale(Fault fault) => fault is { HttpStatus: 409 } && fault.Reason != "AlreadyExists" && !IsGone(fault);

    /// <summary>True when the object's namespace is being deleted, and the object with it.</summary>
    public static bool IsNamespaceTerminating(Fault fault) =>
        fault.HttpStatus == 403 && fault.Causes.Any(static cause => cause.Reason == NamespaceTerminating);

    /// <summary>True when the same request may well succeed a little later: the server is busy, or could not be reached.</summary>
    public static bool IsPassing(Fault fault) => IsStale(fault) || fault.Phase is
        FaultPhase.Throttled or FaultPhase.Timeout or FaultPhase.Connect or FaultPhase.Dns or FaultPhase.Server or FaultPhase.Unauthorized or FaultPhase.Credential;

    /// <summary>The object that was to be changed has been replaced by another of its name.</summary>
    public static Fault Replaced(ResourceKind kind, string name) => new()
    {
        Phase = FaultPhase.NotFound,
        Detail = $"the {kind.Singular} {name} that was meant is gone, and another bears its name now",
        Advice = "Read it again with Get-KubeResource, and repeat the change if the new one is meant.",
        Reason = "NotFound",
    };
}
