using System.Management.Automation.Host;

namespace MultiCluster.Module.Pipeline;

/// <summary>Questions to the user of a PowerShell that may have none.</summary>
internal static class Asking
{
    /// <summary>Whether a question has failed because nobody can be asked: PowerShell runs without a user.</summary>
    public static bool FindsNobody(Exception exception) =>
        exception is InvalidOperationException or NotImplementedException or NotSupportedException or HostException;
}
