using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Workloads;

/// <summary>Suspends CronJobs and Jobs, and pauses the rollout of Deployments.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "KubeWorkload", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(KubeObject), typeof(KubeApplyResult))]
public sealed class SuspendKubeWorkloadCommand : ObjectChangingCmdlet
{
    private protected override ObjectChange ChangeOf(ChangeTarget target) => WorkloadChange.Suspend(target, true);
}
