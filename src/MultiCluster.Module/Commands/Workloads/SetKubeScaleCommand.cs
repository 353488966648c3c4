using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Workloads;

/// <summary>Sets how many replicas workloads have.</summary>
[Cmdlet(VerbsCommon.Set, "KubeScale", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(KubeObject), typeof(KubeApplyResult))]
public sealed class SetKubeScaleCommand : ObjectChangingCmdlet
{
    private readonly Autoscalers _autoscalers = new();

    /// <summary>How many replicas are wanted. Where an autoscaler sets them, 0 stops the workload and 1 starts it again; all else is refused.</summary>
    [Parameter(Mandatory = true)]
    [ValidateRange(0, int.MaxValue)]
    public int Replicas { get; set; }

    private protected override ObjectChange ChangeOf(ChangeTarget target) => WorkloadChange.Scale(target, Replicas, _autoscalers);
}
