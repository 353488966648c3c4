using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.Metrics;

/// <summary>
/// What a node, a pod or a container uses of processors and memory, and what of that it may. What was not measured is null, never 0. As a row
/// it leads to the node or the pod.
/// </summary>
[Views(
    Table = "ClusterName Namespace Name Cpu CpuPercent Memory MemoryPercent Timestamp",
    Wide = "ClusterName Namespace Name Cpu CpuRequest CpuLimit CpuAllocatable CpuPercent Memory MemoryRequest MemoryLimit MemoryAllocatable MemoryPercent Timestamp Note",
    Wrap = true)]
public sealed record KubeMetric
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary><c>Node</c> or <c>Pod</c>; that of a container is its pod's.</summary>
    [ListItem]
    public required string Kind { get; init; }

    /// <summary>The pod's namespace; null for a node.</summary>
    [Column(Width = 10)]
    public string? Namespace { get; init; }

    /// <summary>The node's or the pod's name.</summary>
    [Column(Script = "if ($_.Container) { '{0}/{1}' -f $cells.Name, $cells.Container } else { $cells.Name }")]
    [ListItem]
    public required string Name { get; init; }

    /// <summary>The container; null for a node, and for a pod as a whole.</summary>
    [ListItem]
    public string? Container { get; init; }

    /// <summary>The cores that were used on average; null when they were not measured.</summary>
    [Column("CPU", Width = 7, Format = "{0:m}")]
    [ListItem]
    public Quantity? Cpu { get; init; }

    /// <summary>The CPU that is reserved, as the scheduler counts it; null when none is, and for a node.</summary>
    [Column(Width = 10)]
    [ListItem]
    public Quantity? CpuRequest { get; init; }

    /// <summary>The CPU that it may use; null when nothing bounds it, and for a node.</summary>
    [Column(Width = 8)]
    [ListItem]
    public Quantity? CpuLimit { get; init; }

    /// <summary>The CPU that a node has for pods; null for a pod.</summary>
    [Column(Width = 14)]
    [ListItem]
    public Quantity? CpuAllocatable { get; init; }

    /// <summary>What is used of <see cref="CpuAllocatable"/>, or of <see cref="CpuRequest"/>, in percent, as <c>kubectl top</c> counts it; null when one of both is not known.</summary>
    [Column("CPU%", Width = 4)]
    [ListItem]
    public int? CpuPercent => Percent(Cpu?.Thousandths, (CpuAllocatable ?? CpuRequest)?.Thousandths);

    /// <summary>What is used of <see cref="CpuLimit"/>, in percent.</summary>
    [ListItem]
    public int? CpuLimitPercent => Percent(Cpu?.Thousandths, CpuLimit?.Thousandths);

    /// <summary>The bytes of memory that were in use; null when they were not measured.</summary>
    [Column(Width = 8, Format = "{0:Mi}")]
    [ListItem]
    public Quantity? Memory { get; init; }

    /// <summary>The memory that is reserved, as the scheduler counts it; null when none is, and for a node.</summary>
    [Column(Width = 13)]
    [ListItem]
    public Quantity? MemoryRequest { get; init; }

    /// <summary>The memory at which it is killed; null when nothing bounds it, and for a node.</summary>
    [Column(Width = 11)]
    [ListItem]
    public Quantity? MemoryLimit { get; init; }

    /// <summary>The memory that a node has for pods; null for a pod.</summary>
    [Column(Width = 17)]
    [ListItem]
    public Quantity? MemoryAllocatable { get; init; }

    /// <summary>What is used of <see cref="MemoryAllocatable"/>, or of <see cref="MemoryRequest"/>, in percent; null when one of both is not known.</summary>
    [Column("Mem%", Width = 4)]
    [ListItem]
    public int? MemoryPercent => Percent(Memory?.Value, (MemoryAllocatable ?? MemoryRequest)?.Value);

    /// <summary>What is used of <see cref="MemoryLimit"/>, in percent.</summary>
    [ListItem]
    public int? MemoryLimitPercent => Percent(Memory?.Value, MemoryLimit?.Value);

    /// <summary>When the measurement ended, in local time; null when there is none.</summary>
    [Column("Age", Width = 5, Age = true)]
    [ListItem]
    public DateTime? Timestamp { get; init; }

    /// <summary>Over how long a time it was measured.</summary>
    [ListItem]
    public TimeSpan? Window { get; init; }

    /// <summary>True when the measurement is older than it may be.</summary>
    [ListItem]
    public bool Stale { get; init; }

    /// <summary>What is to be known of it: that it was not measured, that it is stale; null when it is as it should be.</summary>
    [Column(Width = 24)]
    [ListItem]
    public string? Note { get; init => field = TerminalText.VisibleOrNull(value); }

    /// <inheritdoc/>
    public override string ToString() =>
        TerminalText.Visible($"{Kind}/{(Namespace is null ? "" : $"{Namespace}/")}{Name}{(Container is null ? "" : $"/{Container}")}: CPU {(Cpu is null ? "not measured" : $"{Cpu:m}")}, memory {(Memory is null ? "not measured" : $"{Memory:Mi}")}");

    // kubectl cuts what is behind the point (printSingleResourceUsage in pkg/metricsutil).
    private static int? Percent(decimal? used, decimal? whole) => used is null || whole is null or 0 ? null : (int)Math.Min(int.MaxValue, used.Value * 100 / whole.Value);
}
