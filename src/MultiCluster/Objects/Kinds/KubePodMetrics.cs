using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>What a pod uses, as metrics-server has measured it, with the columns of <c>kubectl top pods</c>.</summary>
[Kind("metrics.k8s.io", "PodMetrics")]
[Views(Table = "ClusterName Namespace Name Cpu Memory Timestamp", Wide = "ClusterName Namespace Name Cpu Memory Window Containers Timestamp")]
public sealed class KubePodMetrics : KubeObject
{
    internal KubePodMetrics(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The cores that its containers used on average; null when none was measured.</summary>
    [Column("CPU", Format = "{0:m}")]
    [ListItem]
    public Quantity? Cpu => Sum("cpu"u8);

    /// <summary>The bytes of memory that its containers had in use; null when none was measured.</summary>
    [Column(Most = 9, Format = "{0:Mi}")]
    [ListItem]
    public Quantity? Memory => Sum("memory"u8);

    /// <summary>Over how long a time it was measured.</summary>
    [Column(Wide = true)]
    public TimeSpan? Window => MetricFields.Window(Root);

    /// <summary>Names of the containers that were measured.</summary>
    [Column(Wide = true)]
    public TextList Containers => Root["containers"u8].AsTexts("name"u8);

    /// <summary>When the measurement ended, in local time.</summary>
    [Column("Age", Age = true)]
    [ListItem]
    public DateTime? Timestamp => MetricFields.Timestamp(Root);

    /// <summary>What one of its containers uses of a resource; null when it was not measured.</summary>
    internal Quantity? Of(string container, ReadOnlySpan<byte> resource)
    {
        foreach (var one in Root["containers"u8].Elements)
        {
            if (one["name"u8].AsString() == container)
                return one["usage"u8][resource].AsQuantity();
        }

        return null;
    }

    private Quantity? Sum(ReadOnlySpan<byte> resource)
    {
        Quantity? sum = null;
        foreach (var container in Root["containers"u8].Elements)
        {
            if (container["usage"u8][resource].AsQuantity() is { } used)
                sum = sum is null ? used : sum + used;
        }

        return sum;
    }
}
