using System.Management.Automation;

namespace MultiCluster.Module.Pipeline;

/// <summary>PowerShell itself.</summary>
internal sealed class CmdletSink(PSCmdlet cmdlet) : IPipelineSink
{
    public string Command => cmdlet.MyInvocation.MyCommand.Name;

    public string ParameterSet => cmdlet.ParameterSetName;

    public bool TakesInput => cmdlet.MyInvocation.ExpectingInput;

    public void Object(object? value) => cmdlet.WriteObject(value, enumerateCollection: false);

    public void Error(CmdletError error) => cmdlet.WriteError(error.ToErrorRecord());

    public void Terminate(CmdletError error) => cmdlet.ThrowTerminatingError(error.ToErrorRecord());

    public void Warning(string text) => cmdlet.WriteWarning(text);

    public void Verbose(string text) => cmdlet.WriteVerbose(text);

    public void Debug(string text) => cmdlet.WriteDebug(text);

    public void Information(string text, string? tag) => cmdlet.WriteInformation(text, tag is null ? ["MultiCluster"] : ["MultiCluster", tag]);

    public void Progress(ProgressUpdate update) => cmdlet.WriteProgress(update.ToRecord());

    public void Job(Job job)
    {
        cmdlet.JobRepository.Add(job);
        cmdlet.WriteObject(job);
    }

    public bool ShouldProcess(string target, string action) => cmdlet.ShouldProcess(target, action);

    public bool IsWhatIf => cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var asked)
        ? asked is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));

    public void HostLine(string text) => cmdlet.Host?.UI?.WriteLine(text);

    public bool Check(ScriptBlock script, object value)
    {
        // An error that PowerShell would only print ends the script, too.
        List<PSVariable> variables = [new("_", value), new("ErrorActionPreference", ActionPreference.Stop)];
        var output = script.InvokeWithContext(null, variables, value);
        return output.Count == 0 || LanguagePrimitives.IsTrue(output[^1]);
    }

    public bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll) =>
        cmdlet.ShouldContinue(query, caption, ref yesToAll, ref noToAll);

    public bool IsBound(string parameter) => cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter);

    public bool Shows(string stream) => cmdlet.MyInvocation.BoundParameters.TryGetValue(stream, out var asked)
        ? asked is SwitchParameter { IsPresent: true }
        : cmdlet.GetVariableValue($"{stream}Preference") is { } preference && $"{preference}" is not ("SilentlyContinue" or "Ignore");

    public bool IsOn(SwitchParameter value, string parameter) => value.IsPresent;

    public string FilePath(string path) => cmdlet.GetUnresolvedProviderPathFromPSPath(path);
}
