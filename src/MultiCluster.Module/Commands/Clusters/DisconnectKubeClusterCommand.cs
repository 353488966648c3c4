using System.Management.Automation;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Deselects clusters; what runs on them ends with "Cluster disconnected".</summary>
[Cmdlet(VerbsCommunications.Disconnect, "KubeCluster", DefaultParameterSetName = "Cluster")]
public sealed class DisconnectKubeClusterCommand : KubeCmdlet
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
        // No input names no cluster, and must not mean all of them.
        var clusters = All ? Session.Pool.Selected : _targets.Count == 0 ? [] : Resolve(_targets);
        Await(Session.Pool.DisconnectAsync(clusters));
    }
}
