using System.Management.Automation;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Nodes;

/// <summary>Uncordons nodes: pods are put on them again.</summary>
[Cmdlet(VerbsLifecycle.Resume, "KubeNode", SupportsShouldProcess = true)]
[OutputType(typeof(KubeNode))]
public sealed class ResumeKubeNodeCommand : NodeCmdlet
{
    /// <summary>Writes the nodes as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void End()
    {
        SetUnschedulable(false, "Uncordon", PassThru);
        base.End();
    }
}
