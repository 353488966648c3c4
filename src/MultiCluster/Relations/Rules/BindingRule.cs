using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>The role of a RoleBinding or ClusterRoleBinding, and whom it is given to. Users and groups are no objects.</summary>
internal sealed class BindingRule : RelationRule
{
    private static readonly KindKey Role = new(KindKey.RbacGroup, "Role");
    private static readonly KindKey ClusterRole = new(KindKey.RbacGroup, "ClusterRole");

    public override IReadOnlyList<KindKey> Sources => [new(KindKey.RbacGroup, "RoleBinding"), new(KindKey.RbacGroup, "ClusterRoleBinding")];

    public override IReadOnlyList<KindKey> Targets => [Role, ClusterRole, KindKey.ServiceAccount];

    public override bool CrossesNamespaces => true;

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var role = item.Root["roleRef"u8];
        if (role["name"u8].AsText() is { } name)
        {
            var isClusters = role["kind"u8].Is("ClusterRole"u8);
            yield return new(RelationType.Binds, "roleRef", isClusters ? ClusterRole : Role, isClusters ? null : item.Namespace, name);
        }

        var at = 0;
        foreach (var subject in item.Root["subjects"u8].Elements)
        {
            var field = $"subjects[{at++}]";
            if (subject["name"u8].AsText() is not { } subjectName || subject["kind"u8].AsText() is not { } kind)
                continue;
            yield return kind == "ServiceAccount"
                ? new(RelationType.Binds, field, KindKey.ServiceAccount, subject["namespace"u8].AsText() ?? item.Namespace, subjectName)
                : new(RelationType.Binds, field, new(KindKey.RbacGroup, kind), null, subjectName) { IsObject = false };
        }
    }
}
