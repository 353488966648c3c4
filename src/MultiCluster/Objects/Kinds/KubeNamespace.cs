using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A namespace, with the columns of <c>kubectl get namespaces</c>.</summary>
[Kind("", "Namespace")]
[Views(Without = nameof(Namespace))]
public sealed class KubeNamespace : KubeObject
{
    internal KubeNamespace(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>kubectl's STATUS: <c>Active</c> or <c>Terminating</c>.</summary>
    [Column(Toned = true)]
    public string? State => StatusJson["phase"u8].AsText();
}
