using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Typed.Models;

namespace MultiCluster.Module.Commands.Typed;

/// <summary>Makes KubernetesClient's models of objects. Sends no request.</summary>
[Cmdlet(VerbsData.ConvertTo, "KubeModel")]
[OutputType("k8s.IKubernetesObject")]
public sealed class ConvertToKubeModelCommand : KubeCmdlet
{
    /// <summary>Objects of Get-KubeResource.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public KubeObject[] InputObject { get; set; } = [];

    private protected override void Process()
    {
        var models = ModelStore.Of(Session.Pool);
        foreach (var item in InputObject)
        {
            try
            {
                var model = ModelReader.Read(item, models);
                ModelMembers.Add(model, item.ClusterName, item.ClusterId);
                WriteObject(model);
            }
            catch (FaultException e)
            {
                Fail(e.Fault, item);
            }
        }
    }
}
