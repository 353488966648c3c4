using System.Management.Automation;

namespace MultiCluster.Module.Pipeline;

/// <summary>PowerShell's own streams.</summary>
internal sealed class CmdletSink(PSCmdlet cmdlet) : IPipelineSink
{
    private static readonly string[] Tags = ["MultiCluster"];

    public void Object(object? value) => cmdlet.WriteObject(value, enumerateCollection: false);

    public void Error(ErrorRecord record) => cmdlet.WriteError(record);

    public void Warning(string text) => cmdlet.WriteWarning(text);

    public void Verbose(string text) => cmdlet.WriteVerbose(text);

    public void Debug(string text) => cmdlet.WriteDebug(text);

    public void Information(string text) => cmdlet.WriteInformation(text, Tags);

    public void Progress(ProgressRecord record) => cmdlet.WriteProgress(record);

    public bool ShouldProcess(string target, string action) => cmdlet.ShouldProcess(target, action);

    public bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll) =>
        cmdlet.ShouldContinue(query, caption, ref yesToAll, ref noToAll);

    public void Terminate(ErrorRecord record) => cmdlet.ThrowTerminatingError(record);
}
