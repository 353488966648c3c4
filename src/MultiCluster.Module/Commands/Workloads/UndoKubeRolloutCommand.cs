using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Workloads;

/// <summary>Gives workloads the template of an earlier revision again, as <c>kubectl rollout undo</c> does.</summary>
[Cmdlet(VerbsCommon.Undo, "KubeRollout", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(KubeObject), typeof(KubeApplyResult))]
public sealed class UndoKubeRolloutCommand : ObjectChangingCmdlet
{
    private UndoChange? _undo;

    /// <summary>The revision; the one before the present one when left out. Get-KubeRollout -History lists them.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long Revision { get; set; }

    private protected override void Begin()
    {
        base.Begin();
        _undo = new UndoChange(Revision > 0 ? Revision : null);
    }

    private protected override ObjectChange ChangeOf(ChangeTarget target) => _undo!.Of(target);
}
