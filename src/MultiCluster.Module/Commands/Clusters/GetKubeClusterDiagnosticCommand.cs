using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Returns a row per selected cluster: state, login, requests, errors, latency. Sends no request.</summary>
[Cmdlet(VerbsCommon.Get, "KubeClusterDiagnostic")]
[OutputType(typeof(ClusterDiagnostic))]
public sealed class GetKubeClusterDiagnosticCommand : KubeCmdlet
{
    /// <summary>Names or ids, with wildcards, or cluster objects. All selected ones when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public object[] Cluster { get; set; } = [];

    private protected override void Process()
    {
        foreach (var cluster in Resolve(Cluster))
            WriteObject(ClusterDiagnostic.Of(cluster.Connection!));
    }
}
