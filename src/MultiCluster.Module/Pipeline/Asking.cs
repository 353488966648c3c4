using System.Management.Automation.Host;

namespace MultiCluster.Module.Pipeline;

/// <summary>Questions to the user of a PowerShell that may have none.</summary>
internal static class Asking
{
    /// <summary>Whether a question has failed because nobody can be asked: PowerShell runs without a user.</summary>
    public static bool FindsNobody(Exception exception) =>
        exception is InvalidOperationException or NotImplementedException or NotSupportedException or HostException || IsEndOfInput(exception);

    /// <summary>Whether the console's input has ended, as in a runbook without one: its prompt takes the line that does not come for a text.</summary>
    public static bool IsEndOfInput(Exception exception) =>
        exception is NullReferenceException && exception.TargetSite?.DeclaringType?.Assembly.GetName().Name == "Microsoft.PowerShell.ConsoleHost";
}
