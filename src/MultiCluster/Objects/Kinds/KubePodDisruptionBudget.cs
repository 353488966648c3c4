using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A PodDisruptionBudget, with the columns of <c>kubectl get poddisruptionbudgets</c>.</summary>
[Kind("policy", "PodDisruptionBudget")]
public sealed class KubePodDisruptionBudget : KubeObject
{
    internal KubePodDisruptionBudget(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The fewest pods that must stay available, a number or a percentage; <c>N/A</c> when it does not say.</summary>
    [Column("MinAvail", Side = ColumnSide.Right)]
    public string MinAvailable => SpecJson["minAvailable"u8].AsText() ?? "N/A";

    /// <summary>The most pods that may be unavailable, a number or a percentage; <c>N/A</c> when it does not say.</summary>
    [Column("MaxUnavail", Side = ColumnSide.Right)]
    public string MaxUnavailable => SpecJson["maxUnavailable"u8].AsText() ?? "N/A";

    /// <summary>How many pods may be evicted now.</summary>
    [Column("Allowed")]
    public int AllowedDisruptions => StatusJson["disruptionsAllowed"u8].AsInt32();

    /// <summary>Pods that are healthy.</summary>
    [Column(Wide = true)]
    public int CurrentHealthy => StatusJson["currentHealthy"u8].AsInt32();

    /// <summary>Pods that must be healthy.</summary>
    [Column(Wide = true)]
    public int DesiredHealthy => StatusJson["desiredHealthy"u8].AsInt32();

    /// <summary>The label selector of the pods it protects.</summary>
    [Column(Wide = true)]
    public string Selector => SpecJson["selector"u8].AsSelectorText();
}
