using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A Role.</summary>
[Kind("rbac.authorization.k8s.io", "Role")]
public sealed class KubeRole : KubeObject
{
    internal KubeRole(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>What it allows.</summary>
    public KubeList? Rules => Root["rules"u8].AsList();

    /// <summary>How many rules it has.</summary>
    [Column("Rules")]
    public int RuleCount => Root["rules"u8].Count();
}
