using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A Deployment, with the columns of <c>kubectl get deployments</c>.</summary>
[Kind("apps", "Deployment")]
public sealed class KubeDeployment : KubeWorkload
{
    internal KubeDeployment(in ObjectContent content)
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

    /// <summary>Replicas of the current template.</summary>
    [Column(Toned = true)]
    public int UpToDate => StatusJson["updatedReplicas"u8].AsInt32();

    /// <summary>Replicas that have been ready for long enough.</summary>
    [Column(Toned = true)]
    public int Available => StatusJson["availableReplicas"u8].AsInt32();
}
