using MultiCluster.Faults;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Nodes;

/// <summary>What became of a node that was to be drained. There is one for each, whatever happened.</summary>
[Views(
    Table = "ClusterName Node State Evicted Remaining Elapsed Reason",
    Wide = "ClusterName Node State Evicted Deleted Skipped Remaining LeftCordoned Elapsed Reason",
    List = "ClusterName ClusterId Node State Reason Evicted Deleted Skipped Remaining RemainingPods LeftCordoned StartedAt Elapsed DryRun",
    Wrap = true)]
public sealed record KubeDrainResult
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The node.</summary>
    [Column(Width = 14)]
    public required string Node { get; init; }

    /// <summary>How it ended.</summary>
    [Column(Width = 9, Toned = true)]
    public required DrainState State { get; init; }

    /// <summary>Pods that have gone after an eviction.</summary>
    [Column("Gone", Width = 4, Script = "$_.Evicted + $_.Deleted")]
    [ListItem]
    public int Evicted { get; init; }

    /// <summary>Pods that have gone after a deletion.</summary>
    public int Deleted { get; init; }

    /// <summary>Pods that were left where they are.</summary>
    public int Skipped { get; init; }

    /// <summary>Pods that should have gone and are still there.</summary>
    [Column("Left", Width = 4)]
    public int Remaining => RemainingPods.Count;

    /// <summary>These pods as <c>namespace/name</c>, each with what keeps it where that is known.</summary>
    public IReadOnlyList<string> RemainingPods { get; init => field = TextList.Of([.. value]); } = TextList.Of([]);

    /// <summary>When it began, in local time; null when it did not.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    [Column("s", Width = 6, Path = nameof(TimeSpan.TotalSeconds), Format = "{0:0.0}")]
    [ListItem]
    public TimeSpan Elapsed { get; init; }

    /// <summary>True when the node is cordoned now, as far as is known.</summary>
    [Column("Cordoned", Width = 8)]
    public bool LeftCordoned { get; init; }

    /// <summary>Why it ended so, in whole sentences; null when it is drained.</summary>
    public string? Reason { get; init => field = TerminalText.VisibleOrNull(value); }

    /// <summary>The fault behind it, where there is one.</summary>
    public Fault? Fault { get; init; }

    /// <summary>True when the servers checked everything and nothing was changed.</summary>
    public bool DryRun { get; init; }

    /// <summary>True when the drain began and did not come to its end by itself; these count for -MaxFailure.</summary>
    public bool HasFailed => State is DrainState.Failed or DrainState.TimedOut;

    /// <summary>The cluster.</summary>
    internal ClusterIdentity? Cluster { get; init; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}/{Node}: {State}");
}
