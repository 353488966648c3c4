using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>What makes pods of a template.</summary>
public abstract class KubeWorkload : KubeObject
{
    private protected KubeWorkload(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Names of the template's containers, without init containers.</summary>
    [Column(Wide = true)]
    public TextList Containers => PodSpec["containers"u8].AsTexts("name"u8);

    /// <summary>Images of the template's containers, without init containers.</summary>
    [Column(Wide = true)]
    public TextList Images => PodSpec["containers"u8].AsTexts("image"u8);

    /// <summary>The label selector of its pods: <c>app=web,tier in (a,b)</c>.</summary>
    [Column(Wide = true)]
    public string Selector => WorkloadSpec["selector"u8].AsSelectorText();

    private protected JsonSlice PodSpec => WorkloadSpec["template"u8]["spec"u8];

    private protected virtual JsonSlice WorkloadSpec => SpecJson;

    /// <summary>The wanted replicas; the API's own default is 1.</summary>
    private protected int WantedReplicas => SpecJson["replicas"u8].Exists ? SpecJson["replicas"u8].AsInt32() : 1;
}
