using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A ReplicaSet, with the columns of <c>kubectl get replicasets</c>.</summary>
[Kind("apps", "ReplicaSet")]
public sealed class KubeReplicaSet : KubeWorkload
{
    internal KubeReplicaSet(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Replicas that are wanted.</summary>
    [Column]
    public int Desired => WantedReplicas;

    /// <summary>Replicas that exist.</summary>
    [Column]
    public int Current => StatusJson["replicas"u8].AsInt32();

    /// <summary>Replicas that are ready.</summary>
    [Column(Toned = true)]
    public int Ready => StatusJson["readyReplicas"u8].AsInt32();
}
