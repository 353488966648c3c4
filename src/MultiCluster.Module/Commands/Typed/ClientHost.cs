using System.Management.Automation;
using System.Management.Automation.Host;
using MultiCluster.Kubeconfig;
using MultiCluster.Terminal;
using MultiCluster.Typed;

namespace MultiCluster.Module.Commands.Typed;

/// <summary>PowerShell, as a typed client sees it.</summary>
internal sealed class ClientHost(PSHost host) : IClientHost
{
    private static readonly CmdletInfo Waiting = new("Wait-KubeClientCall", typeof(WaitCallCommand));

    public void Wait(Task call, CancellationTokenSource stop)
    {
        // Called by a method and not by a cmdlet, Ctrl+C would end nothing. On a thread without a PowerShell there is none.
        if (System.Management.Automation.Runspaces.Runspace.DefaultRunspace is null)
            return;
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(Waiting).AddParameter(nameof(WaitCallCommand.Call), call).AddParameter(nameof(WaitCallCommand.Stop), stop);
        shell.Invoke();
    }

    public bool? MayChange(ClusterIdentity cluster, string operation)
    {
        try
        {
            var choice = host.UI.PromptForChoice(
                TerminalText.VisibleLine($"{cluster.ClusterName} is protected"),
                TerminalText.VisibleLine($"Change it with this client? It is about to {operation}."),
                [new ChoiceDescription("&Yes", "This client may change the cluster."), new ChoiceDescription("&No", "This client may not change the cluster.")],
                defaultChoice: 1);
            return choice == 0;
        }
        catch (Exception e) when (e is InvalidOperationException or NotImplementedException or NotSupportedException or HostException or NullReferenceException)
        {
            // Nobody can be asked: PowerShell runs without a user.
            return null;
        }
    }

    public void Came(object model, ClusterIdentity cluster) => ModelMembers.Add(model, cluster.ClusterName, cluster.ClusterId);
}
