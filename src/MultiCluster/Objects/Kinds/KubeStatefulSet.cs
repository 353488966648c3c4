using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A StatefulSet, with the columns of <c>kubectl get statefulsets</c>.</summary>
[Kind("apps", "StatefulSet")]
[Views(Without = nameof(Selector))]
public sealed class KubeStatefulSet : KubeWorkload
{
    internal KubeStatefulSet(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Ready and wanted replicas: <c>2/3</c>.</summary>
    [Column(Most = 5, Toned = true)]
    public string Ready => $"{ReadyReplicas}/{Replicas}";

    /// <summary>Replicas that are ready.</summary>
    public int ReadyReplicas => StatusJson["readyReplicas"u8].AsInt32();

    /// <summary>Replicas that are wanted.</summary>
    public int Replicas => WantedReplicas;
}
