using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Workloads;

/// <summary>Has CronJobs, Jobs and the rollouts of Deployments go on that were suspended.</summary>
[Cmdlet(VerbsLifecycle.Resume, "KubeWorkload", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(KubeObject), typeof(KubeApplyResult))]
public sealed class ResumeKubeWorkloadCommand : ObjectChangingCmdlet
{
    private protected override ObjectChange ChangeOf(ChangeTarget target) => WorkloadChange.Suspend(target, false);
}
