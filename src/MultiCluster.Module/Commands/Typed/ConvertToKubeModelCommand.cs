using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Module.Pipeline;
using MultiCluster.Typed.Models;

namespace MultiCluster.Module.Commands.Typed;

/// <summary>Makes KubernetesClient's models of objects. Sends no request.</summary>
[Cmdlet(VerbsData.ConvertTo, "KubeModel")]
[OutputType("k8s.IKubernetesObject")]
public sealed class ConvertToKubeModelCommand : KubeCmdlet
{
    /// <summary>Objects of Get-KubeResource, or changes of Watch-KubeResource.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    private protected override void Process()
    {
        var models = ModelStore.Of(Session.Pool);
        foreach (var row in InputObject)
        {
            try
            {
                var item = PipedRow.Of(row, Session.Pool) is PipedRow.OfObject here ? here.Item : throw new FaultException(RowFaults.NotWhole);
                var model = ModelReader.Read(item, models);
                ModelMembers.Add(model, item.ClusterName, item.ClusterId);
                WriteObject(model);
            }
            catch (FaultException e)
            {
                Fail(e.Fault, row);
            }
        }
    }
}
