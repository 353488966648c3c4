using System.Text;
using MultiCluster.Resources.Json;

namespace MultiCluster.Resources;

/// <summary>
/// An object of one cluster. Its JSON stays bytes; fields are read when they are asked. <see cref="Metadata"/>, <see cref="Spec"/>
/// and <see cref="Status"/> reach every path by dotted access whatever its case: <c>$pod.spec.containers[0].image</c>.
/// </summary>
public class KubeObject
{
    private readonly ObjectSource _source;
    private readonly byte[] _json;
    private readonly ItemIndex _index;
    private string? _name;

    internal KubeObject(in ObjectContent content)
    {
        _source = content.Source;
        _json = content.Json;
        _index = content.Index;
    }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    public string ClusterId => _source.Cluster.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    public string ClusterName => _source.Cluster.ClusterName;

    /// <summary>API group and version: <c>apps/v1</c>.</summary>
    public string ApiVersion => _source.Kind.ApiVersion;

    /// <summary>The kind: <c>Deployment</c>.</summary>
    public string Kind => _source.Kind.Kind;

    /// <summary>The namespace, or null for objects of the whole cluster.</summary>
    public string? Namespace => Text(_index.Namespace);

    /// <summary>The name.</summary>
    public string Name => _name ??= Text(_index.Name) ?? "";

    /// <summary>The object's unique id.</summary>
    public string? Uid => Text(_index.Uid);

    /// <summary>The object's version, an opaque text.</summary>
    public string? ResourceVersion => Text(_index.ResourceVersion);

    /// <summary>When it was created, in local time.</summary>
    public DateTime? CreationTimestamp => At(_index.CreationTimestamp).AsTime()?.LocalDateTime;

    /// <summary>Time since it was created; compares with a TimeSpan and with texts such as <c>10m</c> or <c>3d4h</c>.</summary>
    public KubeAge? Age => AgeOf(At(_index.CreationTimestamp));

    /// <summary>The labels.</summary>
    public KubeMap? Labels => At(_index.Labels).AsObject() as KubeMap;

    /// <summary>The annotations.</summary>
    public KubeMap? Annotations => At(_index.Annotations).AsObject() as KubeMap;

    /// <summary>The owners.</summary>
    public KubeList? OwnerReferences => At(_index.OwnerReferences).AsObject() as KubeList;

    /// <summary>The whole metadata.</summary>
    public KubeMap? Metadata => At(_index.Metadata).AsObject() as KubeMap;

    /// <summary>The desired state, for kinds that have one.</summary>
    public object? Spec => At(_index.Spec).AsObject();

    /// <summary>The observed state, for kinds that have one.</summary>
    public object? Status => At(_index.Status).AsObject();

    internal ObjectSource Source => _source;

    internal JsonSlice Root => new(_json, _index.Root);

    internal JsonSlice SpecJson => At(_index.Spec);

    internal JsonSlice StatusJson => At(_index.Status);

    internal JsonSlice MetadataJson => At(_index.Metadata);

    internal JsonSlice LabelsJson => At(_index.Labels);

    internal JsonSlice AnnotationsJson => At(_index.Annotations);

    internal JsonSlice OwnersJson => At(_index.OwnerReferences);

    internal JsonSlice Cells => At(_index.Cells);

    /// <summary>The object as the server sent it.</summary>
    public string ToJson() => Encoding.UTF8.GetString(Root.Raw);

    /// <inheritdoc/>
    public override string ToString() => Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";

    internal KubeAge? AgeOf(JsonSlice time) =>
        time.AsTime() is { } then ? new KubeAge(_source.Time.GetUtcNow() - then) : null;

    private JsonSlice At(int position) => position == 0 ? default : new(_json, position);

    private string? Text(int position) => At(position).AsString();
}
