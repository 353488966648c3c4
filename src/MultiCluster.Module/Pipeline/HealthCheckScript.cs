using System.Management.Automation;

namespace MultiCluster.Module.Pipeline;

/// <summary>A script block that says whether a call may go on: false, or an error, when the last that it writes is.</summary>
internal static class HealthCheckScript
{
    /// <summary>Runs it on the pipeline thread with <paramref name="value"/> as <c>$_</c> and as its argument.</summary>
    public static bool Run(ScriptBlock script, object value)
    {
        // An error that PowerShell would only print ends the script, too.
        List<PSVariable> variables = [new("_", value), new("ErrorActionPreference", ActionPreference.Stop)];
        var output = script.InvokeWithContext(null, variables, value);
        return output.Count == 0 || LanguagePrimitives.IsTrue(output[^1]);
    }
}
