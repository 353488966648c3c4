using MultiCluster.Terminal;

namespace MultiCluster.Nodes;

/// <summary>A step in the drain of a node.</summary>
public enum DrainPhase
{
    /// <summary>The node is cordoned.</summary>
    Cordoned,

    /// <summary>The pod was asked to go, and is ending.</summary>
    Evicted,

    /// <summary>The pod's deletion was asked for, past its budget, and it is ending.</summary>
    Deleted,

    /// <summary>A budget does not let the pod go now; it is asked again.</summary>
    Waiting,

    /// <summary>Something failed that may pass; it is tried again.</summary>
    Retrying,

    /// <summary>The pod has left the node.</summary>
    Gone,

    /// <summary>The pod came to the node after its drain had begun.</summary>
    Arrived,

    /// <summary>The pod may not go.</summary>
    Blocked,

    /// <summary>The pod cannot be made to go.</summary>
    Failed,

    /// <summary>All pods have gone, and their replacements are waited for.</summary>
    Replacing,

    /// <summary>The node is schedulable again.</summary>
    Uncordoned,
}

/// <summary>What has happened in the drain of a node.</summary>
[Views(Table = "ClusterName Timestamp Node Phase Pod", Wide = "ClusterName Timestamp Node Phase Namespace Pod Budget Reason", Wrap = true)]
public sealed record KubeDrainEvent
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The node.</summary>
    [Column(Width = 16)]
    public required string Node { get; init; }

    /// <summary>What has happened.</summary>
    [Column(Width = 10, Toned = true)]
    public required DrainPhase Phase { get; init; }

    /// <summary>When, in local time.</summary>
    [Column("Time", Width = 8, Format = "{0:HH:mm:ss}")]
    [ListItem]
    public required DateTime Timestamp { get; init; }

    /// <summary>The pod's namespace; null for what happens to the node.</summary>
    [ListItem]
    public string? Namespace { get; init; }

    /// <summary>The pod; null for what happens to the node.</summary>
    [Column("Pod and reason", Script = "(@(if ($_.Pod) { '{0}/{1}' -f $cells.Namespace, $cells.Pod }) + @(if ($_.Reason) { $cells.Reason })) -join ': '")]
    [ListItem]
    public string? Pod { get; init; }

    /// <summary>The budget that the pod waits for, in its namespace.</summary>
    [ListItem]
    public string? Budget { get; init; }

    /// <summary>Why; null where the phase says all.</summary>
    [Column]
    public string? Reason { get; init => field = TerminalText.VisibleOrNull(value); }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}/{Node}: {Phase}{(Pod is null ? "" : $" {Namespace}/{Pod}")}{(Reason is null ? "" : $" ({Reason})")}");
}
