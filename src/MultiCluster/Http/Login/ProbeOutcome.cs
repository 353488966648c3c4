using MultiCluster.Faults;

namespace MultiCluster.Http.Login;

/// <summary>What one recovery attempt found out: the server accepted the credential, rejected it, or could not be asked.</summary>
internal abstract record ProbeOutcome
{
    private ProbeOutcome()
    {
    }

    /// <summary>The server accepted the credential.</summary>
    public sealed record Accepted : ProbeOutcome;

    /// <summary>The server rejected the credential, or there is none.</summary>
    public sealed record Rejected(Fault Fault) : ProbeOutcome;

    /// <summary>The server could not be asked.</summary>
    public sealed record Unreachable(Fault Fault) : ProbeOutcome;
}
