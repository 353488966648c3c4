using System.Management.Automation;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Sets the namespace that commands use when none is named, for this session only.</summary>
[Cmdlet(VerbsCommon.Set, "KubeNamespace", DefaultParameterSetName = "Set")]
public sealed class SetKubeNamespaceCommand : KubeCmdlet
{
    /// <summary>The namespace.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Set", ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Goes back to the clusters' own default namespaces.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Clear")]
    public SwitchParameter Clear { get; set; }

    /// <summary>Names or ids of selected clusters, with wildcards, or cluster objects; all clusters, and those selected later, when left out.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public object[]? Cluster { get; set; }

    private protected override void Process()
    {
        var name = Clear ? null : ResourceName.CheckNamespace(Name);
        if (Cluster is null)
        {
            Session.Pool.Namespaces.SetForAll(name);
            return;
        }

        foreach (var cluster in Resolve(Cluster))
            Session.Pool.Namespaces.Set(cluster.ClusterId, name);
    }
}
