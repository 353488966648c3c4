using System.Management.Automation;

namespace MultiCluster.Module.Commands.Typed;

/// <summary>Waits for a call of a typed client, and gives it up when PowerShell is stopped. Not exported.</summary>
internal sealed class WaitCallCommand : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public Task Call { get; set; } = Task.CompletedTask;

    [Parameter(Mandatory = true)]
    public CancellationTokenSource Stop { get; set; } = new();

    protected override void ProcessRecord() => ((IAsyncResult)Call).AsyncWaitHandle.WaitOne();

    protected override void StopProcessing() => Stop.Cancel();
}
