using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Jobs;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Module.Commands.Nodes;

/// <summary>Shows the session's drains: those that run, and the last five that have ended of each cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubeDrain")]
[OutputType(typeof(KubeDrain))]
public sealed class GetKubeDrainCommand : KubeCmdlet
{
    /// <summary>Numbers of drains; all when left out.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(DrainCompleter))]
    public int[] Id { get; set; } = [];

    /// <summary>Names or ids of clusters, with wildcards. The cluster need not be selected any more.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public string[] Cluster { get; set; } = [];

    /// <summary>Only those that run.</summary>
    [Parameter]
    public SwitchParameter Running { get; set; }

    private protected override void Process()
    {
        var all = DrainStore.Of(Session.Pool).All;
        foreach (var id in Id.Where(id => all.All(drain => drain.Id != id)))
            Fail(DrainFaults.NoSuchDrain(id), id);
        var clusters = new ClusterWords(Cluster);
        TellUnknown(clusters.Included.Concat(clusters.Excluded).Where(pattern => pattern.Literal is not null && !all.Any(drain => IsOf(drain, pattern))));
        foreach (var drain in all)
        {
            if ((Id.Length == 0 || Id.Contains(drain.Id))
                && clusters.Mean(drain.ClusterName, drain.ClusterId)
                && (drain.IsRunning || !Running))
                WriteObject(drain);
        }
    }

    private static bool IsOf(KubeDrain drain, NamePattern cluster) => cluster.IsMatch(drain.ClusterName) || cluster.IsMatch(drain.ClusterId);

    /// <summary>A cluster that was never drained has nothing to show, which is no error; one that there is not is.</summary>
    private void TellUnknown(IEnumerable<NamePattern> names)
    {
        foreach (var name in names)
        {
            foreach (var refusal in ClusterTargets.Resolve(Session.Pool, [name.Literal!]).Refusals.Where(static refusal => refusal.Fault.Phase == FaultPhase.NotFound))
                Fail(refusal.Fault, refusal.Target);
        }
    }
}
