using MultiCluster.Objects.Json;

namespace MultiCluster.Objects;

/// <summary>A ServiceAccount.</summary>
[Kind("", "ServiceAccount")]
public sealed class KubeServiceAccount : KubeObject
{
    internal KubeServiceAccount(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>References to Secrets that its pods may use.</summary>
    public KubeList? Secrets => Root["secrets"u8].AsList();

    /// <summary>References to the Secrets with which its pods' images are pulled.</summary>
    public KubeList? ImagePullSecrets => Root["imagePullSecrets"u8].AsList();

    /// <summary>Whether its pods get a token; null means yes.</summary>
    public bool? AutomountServiceAccountToken =>
        Root["automountServiceAccountToken"u8] is { Exists: true } value ? value.AsBoolean() : null;
}
