using System.Management.Automation;

namespace MultiCluster.Module.Pipeline;

/// <summary>Where a cmdlet's streams and questions go: PowerShell, or whoever runs a cmdlet class without it. Only the pipeline thread calls it.</summary>
internal interface IPipelineSink
{
    void Object(object? value);

    void Error(ErrorRecord record);

    void Warning(string text);

    void Verbose(string text);

    void Debug(string text);

    void Information(string text);

    void Progress(ProgressRecord record);

    bool ShouldProcess(string target, string action);

    bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll);

    /// <summary>Ends the cmdlet; does not return in PowerShell.</summary>
    void Terminate(ErrorRecord record);
}
