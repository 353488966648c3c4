using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Typed;
using MultiCluster.Typed.Models;
using MultiCluster.Typed.Transport;

namespace MultiCluster.Module.Commands.Typed;

/// <summary>Returns KubernetesClient's typed operations for each selected cluster. Sends no request.</summary>
/// <remarks>The output's type is given by name: its class would load KubernetesClient when the module is imported.</remarks>
[Cmdlet(VerbsCommon.Get, "KubeClient")]
[OutputType("MultiCluster.Typed.KubeClient")]
public sealed class GetKubeClientCommand : KubeCmdlet
{
    /// <summary>Names or ids, with wildcards, or cluster objects. All selected ones when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public object[] Cluster { get; set; } = [];

    /// <summary>Treats protected clusters as all others: the client asks nothing.</summary>
    [Parameter]
    public SwitchParameter AllowProtected { get; set; }

    /// <summary>Seconds that a cluster may stay silent; 30 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; } = 30;

    private protected override void Process()
    {
        var models = ModelStore.Of(Session.Pool);
        var host = new ClientHost(Host);
        foreach (var cluster in Resolve(Cluster))
        {
            try
            {
                WriteObject(KubeClient.Of(cluster.Connection!, models, new KubeClientOptions
                {
                    Timeouts = new RequestTimeouts { Silence = TimeSpan.FromSeconds(TimeoutSec) },
                    Protected = cluster.Protected && !AllowProtected,
                    Host = host,
                }));
            }
            catch (FaultException e)
            {
                Fail(e.Fault, cluster);
            }
        }
    }
}
