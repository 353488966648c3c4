using MultiCluster.Faults;

namespace MultiCluster.Http.Login;

/// <summary>The faults of credentials, and the login problem behind any fault. None of them ever holds what a file or a field contains.</summary>
internal static class CredentialProblems
{
    /// <summary>The login problem behind <paramref name="fault"/>; null when it is another kind of fault (a key that cannot be read, a forbidden object).</summary>
    public static CredentialProblem? Of(Fault fault) => fault.Phase switch
    {
        FaultPhase.Unauthorized => CredentialProblem.Rejected,
        FaultPhase.Credential => Enum.TryParse<CredentialProblem>(fault.Reason, out var problem) ? problem : null,
        FaultPhase.Dns or FaultPhase.Connect or FaultPhase.Tls or FaultPhase.Timeout
            or FaultPhase.Throttled or FaultPhase.Server or FaultPhase.Decode => CredentialProblem.Connectivity,
        _ => null,
    };

    /// <summary>An exec plugin's problem.</summary>
    public static FaultException OfPlugin(CredentialProblem problem, string detail, string? advice, Exception? cause = null) => new(new Fault
    {
        Phase = FaultPhase.Credential,
        Reason = problem.ToString(),
        Detail = detail,
        Advice = advice,
        Cause = cause,
    });

    /// <summary>A file that is there but cannot serve.</summary>
    public static FaultException Unusable(ClusterIdentity? cluster, string detail, string advice) =>
        new(new Fault { Phase = FaultPhase.Credential, Detail = detail, Advice = advice, Cluster = cluster });

    /// <summary>A file that cannot be read.</summary>
    public static FaultException Unreadable(ClusterIdentity? cluster, string what, Exception cause) => new(new Fault
    {
        Phase = FaultPhase.Credential,
        Detail = cause switch
        {
            FileNotFoundException or DirectoryNotFoundException => $"{what} does not exist",
            UnauthorizedAccessException => $"{what} may not be read by this user",
            _ => $"{what} cannot be read ({cause.GetType().Name})",
        },
        Advice = "Check the path in the kubeconfig and the file's permissions.",
        Cluster = cluster,
        Cause = cause,
    });

    /// <summary>A field of the kubeconfig that cannot be used.</summary>
    public static FaultException Field(ClusterIdentity? cluster, string detail, string advice) =>
        new(new Fault { Phase = FaultPhase.Kubeconfig, Detail = detail, Advice = advice, Cluster = cluster });
}
