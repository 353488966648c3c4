using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A ClusterRole.</summary>
[Kind("rbac.authorization.k8s.io", "ClusterRole")]
[Views(Without = nameof(Namespace))]
public sealed class KubeClusterRole : KubeObject
{
    internal KubeClusterRole(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>What it allows.</summary>
    public KubeList? Rules => Root["rules"u8].AsList();

    /// <summary>How many rules it has.</summary>
    [Column("Rules")]
    public int RuleCount => Root["rules"u8].Count();

    /// <summary>Which other ClusterRoles' rules it takes over.</summary>
    public KubeMap? AggregationRule => Root["aggregationRule"u8].AsMap();
}
