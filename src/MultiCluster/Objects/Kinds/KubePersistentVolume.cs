using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A PersistentVolume, with the columns of <c>kubectl get persistentvolumes</c>.</summary>
[Kind("", "PersistentVolume")]
[Views(Without = nameof(Namespace))]
public sealed class KubePersistentVolume : KubeObject
{
    internal KubePersistentVolume(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Its size.</summary>
    [Column]
    public Quantity? Capacity => SpecJson["capacity"u8]["storage"u8].AsQuantity();

    /// <summary>Access modes in short form: <c>RWO</c>, <c>ROX</c>, <c>RWX</c>, <c>RWOP</c>.</summary>
    [Column("Modes", Wide = true)]
    public TextList AccessModes => SpecJson["accessModes"u8].AsAccessModes();

    /// <summary>What becomes of it after its claim: <c>Delete</c>, <c>Retain</c>, <c>Recycle</c>.</summary>
    [Column("Reclaim", Wide = true)]
    public string? ReclaimPolicy => SpecJson["persistentVolumeReclaimPolicy"u8].AsText();

    /// <summary>kubectl's STATUS: <c>Available</c>, <c>Bound</c>, <c>Released</c>, <c>Failed</c>, <c>Terminating</c> ...</summary>
    [Column(Most = 9, Toned = true)]
    public string? State => IsDeleted ? "Terminating" : StatusJson["phase"u8].AsText();

    /// <summary>The claim it is bound to, as <c>namespace/name</c>.</summary>
    [Column(Most = 18)]
    public string? Claim => SpecJson["claimRef"u8] is { IsObject: true } claim
        ? $"{claim["namespace"u8].AsString()}/{claim["name"u8].AsString()}"
        : null;

    /// <summary>The StorageClass's name.</summary>
    [Column(Wide = true)]
    public string? StorageClass =>
        AnnotationsJson["volume.beta.kubernetes.io/storage-class"u8].AsText() ?? SpecJson["storageClassName"u8].AsText();

    /// <summary>The VolumeAttributesClass's name.</summary>
    [Column(Wide = true)]
    public string? VolumeAttributesClass => SpecJson["volumeAttributesClassName"u8].AsText();

    /// <summary>Why it is in its state.</summary>
    [Column(Wide = true)]
    public string? Reason => StatusJson["reason"u8].AsText();

    /// <summary><c>Filesystem</c> or <c>Block</c>.</summary>
    [Column(Wide = true)]
    public string? VolumeMode => SpecJson["volumeMode"u8].AsText();
}
