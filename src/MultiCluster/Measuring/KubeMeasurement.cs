using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.Measuring;

/// <summary>
/// Objects that have something in common, counted, and what they request, may use and use, added up exactly. What nothing has is null, never 0.
/// </summary>
[Views(
    Table = "ClusterName Group Count CpuRequest CpuUsed CpuPercent MemoryRequest MemoryUsed MemoryPercent",
    Wide = "ClusterName Group Count Share CpuRequest CpuLimit CpuUsed CpuAllocatable CpuPercent MemoryRequest MemoryLimit MemoryUsed MemoryAllocatable MemoryPercent",
    Wrap = true)]
public sealed record KubeMeasurement
{
    /// <summary>The cluster's id, <c>filename:context</c>; null where clusters are put together.</summary>
    [ListItem]
    public string? ClusterId { get; init; }

    /// <summary>The cluster's name; null where clusters are put together.</summary>
    [Column(Width = 17)]
    public string? ClusterName { get; init; }

    /// <summary>The kind of what is counted: <c>Pod</c>, <c>Deployment</c>; <c>Container</c> where images are what they have in common.</summary>
    [ListItem]
    public required string Kind { get; init; }

    /// <summary>What they have in common besides the cluster: namespace, node, image, value of the label.</summary>
    [Column]
    public string Group => TerminalText.VisibleLine(string.Join(' ', new[] { Namespace, Node, Image, Label }.OfType<string>().Select(static text => text.Length == 0 ? "(none)" : text)));

    /// <summary>Their namespace; null where they are not put together by it.</summary>
    [ListItem]
    public string? Namespace { get; init; }

    /// <summary>Their node; empty for pods that have none yet.</summary>
    [ListItem]
    public string? Node { get; init; }

    /// <summary>Their image.</summary>
    [ListItem]
    public string? Image { get; init; }

    /// <summary>The value of the label; empty for those that do not have it.</summary>
    [ListItem]
    public string? Label { get; init; }

    /// <summary>How many there are.</summary>
    [Column(Width = 5)]
    [ListItem]
    public int Count { get; init; }

    /// <summary>How many there are of all that were counted, in percent.</summary>
    [Column("Share%", Width = 6)]
    [ListItem]
    public double Share { get; init; }

    /// <summary>How many of them run.</summary>
    [ListItem]
    public int Running { get; init; }

    /// <summary>How many of them have been measured: what the others use is not in the sums.</summary>
    [ListItem]
    public int Measured { get; init; }

    /// <summary>The CPU that is reserved for them, as the scheduler counts it: sidecars and overhead included, pods that have ended left out.</summary>
    [Column("CPU", Width = 7)]
    [ListItem]
    public Quantity? CpuRequest { get; init; }

    /// <summary>The CPU that those of them which have a limit may use.</summary>
    [Column(Width = 8)]
    [ListItem]
    public Quantity? CpuLimit { get; init; }

    /// <summary>The cores that they use; null when a cluster that has some of them does not measure.</summary>
    [Column("Used", Width = 7, Format = "{0:m}")]
    [ListItem]
    public Quantity? CpuUsed { get; init; }

    /// <summary>The CPU that their nodes have for pods; null where no node is theirs alone.</summary>
    [Column(Width = 14)]
    [ListItem]
    public Quantity? CpuAllocatable { get; init; }

    /// <summary>What is requested of <see cref="CpuAllocatable"/>, in percent; where that is not known, what is used of what is requested.</summary>
    [Column("CPU%", Width = 4)]
    [ListItem]
    public int? CpuPercent => CpuAllocatable is null || CpuRequest is null ? Percent(CpuUsed, CpuRequest ?? CpuAllocatable) : Percent(CpuRequest, CpuAllocatable);

    /// <summary>The memory that is reserved for them, as the scheduler counts it.</summary>
    [Column("Memory", Width = 8, Format = "{0:Mi}")]
    [ListItem]
    public Quantity? MemoryRequest { get; init; }

    /// <summary>The memory that those of them which have a limit may use.</summary>
    [Column(Width = 11, Format = "{0:Mi}")]
    [ListItem]
    public Quantity? MemoryLimit { get; init; }

    /// <summary>The bytes of memory that they use; null when a cluster that has some of them does not measure.</summary>
    [Column("Used", Width = 8, Format = "{0:Mi}")]
    [ListItem]
    public Quantity? MemoryUsed { get; init; }

    /// <summary>The memory that their nodes have for pods; null where no node is theirs alone.</summary>
    [Column(Width = 17, Format = "{0:Mi}")]
    [ListItem]
    public Quantity? MemoryAllocatable { get; init; }

    /// <summary>What is requested of <see cref="MemoryAllocatable"/>, in percent; where that is not known, what is used of what is requested.</summary>
    [Column("Mem%", Width = 4)]
    [ListItem]
    public int? MemoryPercent => MemoryAllocatable is null || MemoryRequest is null ? Percent(MemoryUsed, MemoryRequest ?? MemoryAllocatable) : Percent(MemoryRequest, MemoryAllocatable);

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}{(Group.Length == 0 || ClusterName is null ? "" : " ")}{Group}: {Count} {Kind}");

    private static int? Percent(Quantity? part, Quantity? whole) => part is null || whole is not { Value: > 0 } ? null : (int)Math.Min(int.MaxValue, part.Value.Value * 100 / whole.Value.Value);
}
