using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Workloads;

/// <summary>Replaces all pods of workloads, as <c>kubectl rollout restart</c> does.</summary>
[Cmdlet(VerbsLifecycle.Restart, "KubeWorkload", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(KubeObject), typeof(KubeApplyResult))]
public sealed class RestartKubeWorkloadCommand : ObjectChangingCmdlet
{
    private protected override ObjectChange ChangeOf(ChangeTarget target) => WorkloadChange.Restart(target, Time.GetLocalNow());
}
