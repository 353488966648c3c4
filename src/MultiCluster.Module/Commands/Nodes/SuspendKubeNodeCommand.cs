using System.Management.Automation;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Nodes;

/// <summary>Cordons nodes: no new pods are put on them.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "KubeNode", SupportsShouldProcess = true)]
[OutputType(typeof(KubeNode))]
public sealed class SuspendKubeNodeCommand : NodeCmdlet
{
    /// <summary>Writes the nodes as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void End()
    {
        SetUnschedulable(true, "Cordon", PassThru);
        base.End();
    }
}
