using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>What a node uses, as metrics-server has measured it, with the columns of <c>kubectl top nodes</c> that it knows.</summary>
[Kind("metrics.k8s.io", "NodeMetrics")]
[Views(Table = "ClusterName Name Cpu Memory Timestamp", Wide = "ClusterName Name Cpu Memory Window Timestamp", Without = nameof(Namespace))]
public sealed class KubeNodeMetrics : KubeObject
{
    internal KubeNodeMetrics(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The cores that it used on average; null when it was not measured.</summary>
    [Column("CPU", Format = "{0:m}")]
    [ListItem]
    public Quantity? Cpu => Root["usage"u8]["cpu"u8].AsQuantity();

    /// <summary>The bytes of memory that were in use; null when they were not measured.</summary>
    [Column(Most = 9, Format = "{0:Mi}")]
    [ListItem]
    public Quantity? Memory => Root["usage"u8]["memory"u8].AsQuantity();

    /// <summary>Over how long a time it was measured.</summary>
    [Column(Wide = true)]
    public TimeSpan? Window => MetricFields.Window(Root);

    /// <summary>When the measurement ended, in local time.</summary>
    [Column("Age", Age = true)]
    [ListItem]
    public DateTime? Timestamp => MetricFields.Timestamp(Root);
}
