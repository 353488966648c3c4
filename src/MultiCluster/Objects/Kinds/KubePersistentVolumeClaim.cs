using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A PersistentVolumeClaim, with the columns of <c>kubectl get persistentvolumeclaims</c>.</summary>
[Kind("", "PersistentVolumeClaim")]
public sealed class KubePersistentVolumeClaim : KubeObject
{
    internal KubePersistentVolumeClaim(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>kubectl's STATUS: <c>Pending</c>, <c>Bound</c>, <c>Lost</c>, <c>Terminating</c>.</summary>
    [Column(Most = 10, Toned = true)]
    public string? State => IsDeleted ? "Terminating" : StatusJson["phase"u8].AsText();

    /// <summary>The volume it is bound to.</summary>
    [Column(Wide = true)]
    public string? Volume => SpecJson["volumeName"u8].AsText();

    /// <summary>The volume's size; null while it has none.</summary>
    [Column]
    public Quantity? Capacity => Volume is null ? null : StatusJson["capacity"u8]["storage"u8].AsQuantity();

    /// <summary>The volume's access modes in short form: <c>RWO</c>, <c>ROX</c>, <c>RWX</c>, <c>RWOP</c>.</summary>
    [Column("Modes", Wide = true)]
    public TextList AccessModes => Volume is null ? [] : StatusJson["accessModes"u8].AsAccessModes();

    /// <summary>The StorageClass's name.</summary>
    [Column(Most = 12)]
    public string? StorageClass =>
        AnnotationsJson["volume.beta.kubernetes.io/storage-class"u8].AsText() ?? SpecJson["storageClassName"u8].AsText();

    /// <summary>The VolumeAttributesClass's name.</summary>
    [Column(Wide = true)]
    public string? VolumeAttributesClass => SpecJson["volumeAttributesClassName"u8].AsText();

    /// <summary><c>Filesystem</c> or <c>Block</c>.</summary>
    [Column(Wide = true)]
    public string? VolumeMode => SpecJson["volumeMode"u8].AsText();
}
