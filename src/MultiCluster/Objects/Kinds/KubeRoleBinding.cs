namespace MultiCluster.Objects;

/// <summary>A RoleBinding, with the columns of <c>kubectl get rolebindings</c>.</summary>
[Kind("rbac.authorization.k8s.io", "RoleBinding")]
public sealed class KubeRoleBinding : KubeBinding
{
    internal KubeRoleBinding(in ObjectContent content)
        : base(content)
    {
    }
}
