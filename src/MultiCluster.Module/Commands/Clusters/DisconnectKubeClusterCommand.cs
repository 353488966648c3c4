using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Deselects clusters; what runs on them ends with "Cluster disconnected".</summary>
[Cmdlet(VerbsCommunications.Disconnect, "KubeCluster", DefaultParameterSetName = "Cluster")]
public sealed class DisconnectKubeClusterCommand : SessionCmdlet
{
    private readonly List<object> _targets = [];

    /// <summary>Names or ids, with wildcards, or cluster objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Cluster")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public object[] Cluster { get; set; } = [];

    /// <summary>Every selected cluster.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    private protected override void Process() => _targets.AddRange(Cluster);

    private protected override void End()
    {
        if (All)
        {
            Await(Session.Pool.DisconnectAsync(Session.Pool.Selected));
            return;
        }

        var targets = ClusterTargets.Resolve(Session.Pool, TargetValues.Of(_targets));
        foreach (var refusal in targets.Refusals)
            Fail(refusal.Fault, refusal.Target);
        Await(Session.Pool.DisconnectAsync(targets.Clusters));
    }
}
