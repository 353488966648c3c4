using System.Collections;
using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Trees;
using MultiCluster.Objects.Yaml;
using MultiCluster.Resources;
using MultiCluster.Typed.Models;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Copies objects into plain tables that may be changed.</summary>
[Cmdlet(VerbsData.ConvertTo, "KubeTree")]
[OutputType(typeof(KubeTree))]
public sealed class ConvertToKubeTreeCommand : KubeCmdlet
{
    /// <summary>Objects of Get-KubeResource, parts of them, changes of Watch-KubeResource, models, hashtables or custom objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>Keeps <c>metadata.managedFields</c>, which says who set which field.</summary>
    [Parameter]
    public SwitchParameter KeepManagedFields { get; set; }

    /// <summary>Leaves out what the server sets: uid, resourceVersion, creationTimestamp, generation, status.</summary>
    [Parameter]
    public SwitchParameter Neat { get; set; }

    private protected override void Process()
    {
        try
        {
            WriteObject(TreeOf(TargetValues.Unwrap(InputObject), new KubeYamlOptions { KeepManagedFields = KeepManagedFields, DropServerFields = Neat }));
        }
        catch (FaultException e)
        {
            Fail(e.Fault, InputObject);
        }
    }

    private object? TreeOf(object? value, KubeYamlOptions options)
    {
        if (value is KubeWatchEvent happened)
            value = happened.Object;
        switch (value)
        {
            case KubeObject { Source.MetadataOnly: true } part:
                throw new FaultException(new Fault
                {
                    Phase = FaultPhase.Invalid,
                    Cluster = part.Source.Cluster,
                    Operation = $"make a tree of {part}",
                    Detail = "only a part of the object was read",
                    Advice = "Read it without -MetadataOnly.",
                });
            case KubeObject item:
                return PlainTree.Of(item, options);
            case not null when ModelObjects.IsModel(value):
                var models = ModelStore.Of(Session.Pool);
                return PlainTree.Of(new JsonSlice(ModelObjects.Json(value, models), 0), models.Of(value)?.Cluster, options);
            case KubeTree tree:
                return PlainTree.Of(PlainValues.Of(tree), tree.Cluster, options);
            case not (null or IDictionary) when IsRow(value):
                throw new FaultException(RowFaults.NotWhole);
            default:
                return PlainTree.Of(PlainValues.Of(value), null, options);
        }
    }

    private static bool IsRow(object value) => RowColumns.Of(value) is { } columns && columns["ClusterId"] is not null;
}
