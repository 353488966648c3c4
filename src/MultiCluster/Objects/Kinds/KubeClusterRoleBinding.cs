using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A ClusterRoleBinding, with the columns of <c>kubectl get clusterrolebindings</c>.</summary>
[Views(Without = nameof(Namespace))]
public sealed class KubeClusterRoleBinding : KubeBinding
{
    internal KubeClusterRoleBinding(in ObjectContent content)
        : base(content)
    {
    }
}
