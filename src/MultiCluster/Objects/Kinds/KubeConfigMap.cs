using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A ConfigMap, with the columns of <c>kubectl get configmaps</c>.</summary>
[Kind("", "ConfigMap")]
public sealed class KubeConfigMap : KubeObject
{
    internal KubeConfigMap(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>How many entries it has, binary ones included.</summary>
    [Column("Data")]
    public int DataCount => Root["data"u8].Count() + Root["binaryData"u8].Count();

    /// <summary>The entries that are text.</summary>
    public KubeMap? Data => Root["data"u8].AsMap();

    /// <summary>The entries that are bytes, in base64.</summary>
    public KubeMap? BinaryData => Root["binaryData"u8].AsMap();

    /// <summary>True when it cannot be changed any more.</summary>
    public bool Immutable => Root["immutable"u8].AsBoolean();
}
