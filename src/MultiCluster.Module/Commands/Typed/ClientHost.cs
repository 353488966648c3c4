using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using MultiCluster.Faults;
using MultiCluster.Module.Pipeline;
using MultiCluster.Terminal;
using MultiCluster.Typed.Models;

namespace MultiCluster.Module.Commands.Typed;

/// <summary>PowerShell, as a typed client sees it.</summary>
internal sealed class ClientHost(PSHost host) : IClientHost
{
    /// <summary>How long a stop may go unseen.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>A method is called, and no cmdlet, so that nobody tells it of Ctrl+C: it asks, by what PowerShell runs no more when it is stopping.</summary>
    public void Wait(Task call, CancellationTokenSource stop)
    {
        var ended = ((IAsyncResult)call).AsyncWaitHandle;

        // On a thread without a PowerShell there is none that could be stopped.
        var nothing = Runspace.DefaultRunspace is null ? null : ScriptBlock.Create("");
        while (!ended.WaitOne(Pause))
        {
            try
            {
                nothing?.Invoke();
            }
            catch (PipelineStoppedException)
            {
                stop.Cancel();
                throw;
            }
        }
    }

    public bool? MayChange(ClusterIdentity cluster, string operation)
    {
        if (host.UI is not { } user)
            return null;
        try
        {
            var choice = user.PromptForChoice(
                TerminalText.VisibleLine($"{cluster.ClusterName} is protected"),
                TerminalText.VisibleLine($"Change it with this client? It is about to {operation}."),
                [new ChoiceDescription("&Yes", "This client may change the cluster."), new ChoiceDescription("&No", "This client may not change the cluster.")],
                defaultChoice: 1);
            return choice == 0;
        }
        catch (Exception e) when (Asking.FindsNobody(e))
        {
            return null;
        }
    }

    public void Came(object model, ClusterIdentity cluster) => ModelMembers.Add(model, cluster.ClusterName, cluster.ClusterId);
}
