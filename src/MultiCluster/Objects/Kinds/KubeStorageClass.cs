using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A StorageClass, with the columns of <c>kubectl get storageclasses</c>.</summary>
[Kind("storage.k8s.io", "StorageClass")]
[Views(Without = nameof(Namespace))]
public sealed class KubeStorageClass : KubeObject
{
    internal KubeStorageClass(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>True when claims that name no class get this one.</summary>
    [Column("Default")]
    public bool IsDefault =>
        AnnotationsJson["storageclass.kubernetes.io/is-default-class"u8].Is("true"u8)
        || AnnotationsJson["storageclass.beta.kubernetes.io/is-default-class"u8].Is("true"u8);

    /// <summary>The driver: <c>ebs.csi.aws.com</c>.</summary>
    [Column(Most = 12)]
    public string? Provisioner => Root["provisioner"u8].AsText();

    /// <summary>What becomes of its volumes after their claim: <c>Delete</c> (the default) or <c>Retain</c>.</summary>
    [Column("Reclaim")]
    public string ReclaimPolicy => Root["reclaimPolicy"u8].AsText() ?? "Delete";

    /// <summary>When volumes are made: <c>Immediate</c> (the default) or <c>WaitForFirstConsumer</c>.</summary>
    [Column("Binding", Most = 12)]
    public string VolumeBindingMode => Root["volumeBindingMode"u8].AsText() ?? "Immediate";

    /// <summary>True when claims may grow.</summary>
    [Column("Expansion", Wide = true)]
    public bool AllowVolumeExpansion => Root["allowVolumeExpansion"u8].AsBoolean();

    /// <summary>The driver's parameters.</summary>
    public KubeMap? Parameters => Root["parameters"u8].AsMap();

    /// <summary>Options with which its volumes are mounted.</summary>
    public KubeList? MountOptions => Root["mountOptions"u8].AsList();

    /// <summary>Where volumes may be made.</summary>
    public KubeList? AllowedTopologies => Root["allowedTopologies"u8].AsList();
}
