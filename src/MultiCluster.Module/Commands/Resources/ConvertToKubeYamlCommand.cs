using System.Collections;
using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Yaml;
using MultiCluster.Resources;
using MultiCluster.Typed.Models;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Writes objects as YAML, the way a person would edit them.</summary>
[Cmdlet(VerbsData.ConvertTo, "KubeYaml")]
[OutputType(typeof(string))]
public sealed class ConvertToKubeYamlCommand : KubeCmdlet
{
    private bool _started;

    /// <summary>Objects of Get-KubeResource, parts of them, trees, models, hashtables or custom objects.</summary>
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
        var value = TargetValues.Unwrap(InputObject);
        if (value is KubeWatchEvent happened)
            value = happened.Object;
        if (value is not (null or KubeObject or IDictionary) && !ModelObjects.IsModel(value) && RowColumns.Of(value)?["ClusterId"] is not null)
        {
            Fail(RowFaults.NotWhole, InputObject);
            return;
        }

        if (ModelObjects.IsModel(value))
            value = new JsonSlice(ModelObjects.Json(value!, ModelStore.Of(Session.Pool)), 0);
        var yaml = KubeYamlWriter.Write(PlainValues.Of(value), new KubeYamlOptions { KeepManagedFields = KeepManagedFields, DropServerFields = Neat });
        WriteObject(_started ? $"---\n{yaml}" : yaml);
        _started = true;
    }
}
