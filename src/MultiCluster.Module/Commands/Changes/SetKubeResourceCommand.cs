using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Views;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Changes;

/// <summary>Replaces objects by changed copies of them, each in the cluster that it was read from, unless others have changed it meanwhile.</summary>
[Cmdlet(VerbsCommon.Set, "KubeResource", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(KubeObject), typeof(KubeApplyResult))]
public sealed class SetKubeResourceCommand : ManifestCmdlet
{
    /// <summary>Writes the objects as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void End()
    {
        var given = Given();
        if (given.Count > 0)
            Replace([.. given.Select(static one => WholeChange.Replace(one.Manifest, one.Original) with { ClusterId = one.ClusterId })]);
        base.End();
    }

    private void Replace(IReadOnlyList<ObjectChange> changes)
    {
        var shown = new ShownObject(Session.Views, mixed: changes.Select(static change => change.Kind).Distinct().Skip(1).Any());
        Change(TargetsOf(changes), changes, result =>
        {
            if (DryRun)
                WriteObject(result);
            else if (PassThru && result.Object is { } item)
                WriteObject(shown.Of(item));
        });
    }
}
