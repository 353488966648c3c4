using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A ClusterRoleBinding, with the columns of <c>kubectl get clusterrolebindings</c>.</summary>
[Kind("rbac.authorization.k8s.io", "ClusterRoleBinding")]
[Views(Without = nameof(Namespace))]
public sealed class KubeClusterRoleBinding : KubeBinding
{
    internal KubeClusterRoleBinding(in ObjectContent content)
        : base(content)
    {
    }
}
