using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Nodes;

/// <summary>A PodDisruptionBudget with the pods that it selects, and why none of them may go.</summary>
[Views(Wrap = true)]
public sealed record KubePodDisruption
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The budget's kind, so that a row of it leads to the budget.</summary>
    public string Kind { get; } = "PodDisruptionBudget";

    /// <summary>The budget's namespace.</summary>
    [Column(Width = 11)]
    public required string Namespace { get; init; }

    /// <summary>The budget's name.</summary>
    [Column(Width = 15)]
    public required string Name { get; init; }

    /// <summary>The fewest pods that must stay available, a number or a percentage; null when it does not say.</summary>
    [ListItem]
    public string? MinAvailable { get; init; }

    /// <summary>The most pods that may be unavailable, a number or a percentage; null when it does not say.</summary>
    [ListItem]
    public string? MaxUnavailable { get; init; }

    /// <summary>How many pods may be evicted now.</summary>
    [Column("Allowed", Width = 7)]
    public int AllowedDisruptions { get; init; }

    /// <summary>Pods that are healthy.</summary>
    [Column("Healthy", Width = 9, Script = "'{0} of {1}' -f $_.CurrentHealthy, $_.ExpectedPods")]
    [ListItem]
    public int CurrentHealthy { get; init; }

    /// <summary>Pods that must be healthy.</summary>
    [ListItem]
    public int DesiredHealthy { get; init; }

    /// <summary>Pods that the budget counts with.</summary>
    [ListItem]
    public int ExpectedPods { get; init; }

    /// <summary>The pods that it selects, as <c>namespace/name</c>: all of them, or in a drain's plan those on the node.</summary>
    [ListItem(Last = true)]
    public required IReadOnlyList<string> Pods { get; init => field = TextList.Of([.. value]); }

    /// <summary>False when it cannot allow any disruption as it stands, even with all of its pods healthy.</summary>
    [ListItem]
    public bool CanBeMet { get; init; } = true;

    /// <summary>Why no pod may go now, and what to do about it, in whole sentences; null when one may.</summary>
    [Column]
    public string? Reason { get; init => field = TerminalText.VisibleOrNull(value); }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{Namespace}/{Name}");
}
