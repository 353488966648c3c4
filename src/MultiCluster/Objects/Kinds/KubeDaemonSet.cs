using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A DaemonSet, with the columns of <c>kubectl get daemonsets</c>.</summary>
[Kind("apps", "DaemonSet")]
public sealed class KubeDaemonSet : KubeWorkload
{
    internal KubeDaemonSet(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Nodes that should run its pod.</summary>
    [Column]
    public int Desired => StatusJson["desiredNumberScheduled"u8].AsInt32();

    /// <summary>Nodes that run its pod and should.</summary>
    [Column(Wide = true)]
    public int Current => StatusJson["currentNumberScheduled"u8].AsInt32();

    /// <summary>Nodes whose pod is ready.</summary>
    [Column(Toned = true)]
    public int Ready => StatusJson["numberReady"u8].AsInt32();

    /// <summary>Nodes whose pod is of the current template.</summary>
    [Column(Toned = true)]
    public int UpToDate => StatusJson["updatedNumberScheduled"u8].AsInt32();

    /// <summary>Nodes whose pod has been ready for long enough.</summary>
    [Column(Toned = true)]
    public int Available => StatusJson["numberAvailable"u8].AsInt32();

    /// <summary>Labels that a node must have: <c>kubernetes.io/os=linux</c>.</summary>
    [Column(Wide = true)]
    public string NodeSelector => PodSpec["nodeSelector"u8].AsLabelText();
}
