using System.Management.Automation;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Jobs;

namespace MultiCluster.Module.Commands.Nodes;

/// <summary>Stops drains: no pod is asked to go any more. Nodes stay cordoned, unless the drain was begun with -UncordonOnFailure.</summary>
[Cmdlet(VerbsLifecycle.Stop, "KubeDrain", DefaultParameterSetName = "Id", SupportsShouldProcess = true)]
[OutputType(typeof(KubeDrain))]
public sealed class StopKubeDrainCommand : KubeCmdlet
{
    /// <summary>Numbers of drains.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Id")]
    [ArgumentCompleter(typeof(DrainCompleter))]
    public int[] Id { get; set; } = [];

    /// <summary>Drains of Get-KubeDrain, or rows of them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Writes the drains that were stopped.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        var all = DrainStore.Of(Session.Pool).All;
        foreach (var id in Id.Where(id => all.All(drain => drain.Id != id)))
            Fail(DrainFaults.NoSuchDrain(id), id);
        foreach (var drain in InputObject.Select(row => Find(row, all)).OfType<KubeDrain>().Concat(all.Where(drain => Id.Contains(drain.Id))))
        {
            if (!drain.IsRunning || !ShouldProcess($"{drain.ClusterName} / Node / {drain.Node}", "Stop the drain"))
                continue;
            drain.Stop();
            if (PassThru)
                WriteObject(drain);
        }
    }

    /// <summary>The drain that a row leads to: numbers begin anew in each session, so that its cluster and node must be the same, too.</summary>
    private KubeDrain? Find(PSObject row, IReadOnlyList<KubeDrain> all)
    {
        if (row.BaseObject is KubeDrain live)
            return live;
        var columns = RowColumns.Of(row);
        var (id, cluster, node) = (columns?["Id"], columns?["ClusterId"], columns?["Node"]);
        var found = all.FirstOrDefault(drain => $"{drain.Id}" == id && drain.ClusterId == cluster && drain.Node == node);
        if (found is null)
            Fail(DrainFaults.NoDrainOf(id, cluster, node), row);
        return found;
    }
}
