using MultiCluster.Http;

namespace MultiCluster.Credentials;

/// <summary>Between <see cref="CredentialProblem"/> and <see cref="Fault"/>.</summary>
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

    /// <summary>A fault of an exec plugin.</summary>
    public static FaultException Exception(CredentialProblem problem, string detail, string? advice, Exception? cause = null) => new(new Fault
    {
        Phase = FaultPhase.Credential,
        Reason = problem.ToString(),
        Detail = detail,
        Advice = advice,
        Cause = cause,
    });
}
