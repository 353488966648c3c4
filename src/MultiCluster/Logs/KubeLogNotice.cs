using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Logs;

/// <summary>What has happened to the reading of one cluster's logs.</summary>
[Views(Table = "ClusterName Timestamp Type Pod Message", Wide = "ClusterName Timestamp Type Namespace Pod Container Message", Wrap = true)]
public sealed record KubeLogNotice
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>What has happened.</summary>
    [Column(Width = 13)]
    public required LogNoticeType Type { get; init; }

    /// <summary>The pod's namespace, or null when it is about the whole cluster.</summary>
    [ListItem]
    public string? Namespace { get; init; }

    /// <summary>The pod, or null when it is about the whole cluster.</summary>
    [Column(Width = 17)]
    public string? Pod { get; init; }

    /// <summary>The container, or null when it is about the whole cluster.</summary>
    [Column(Width = 11)]
    public string? Container { get; init; }

    /// <summary>When it happened, in local time.</summary>
    [Column("Time", Width = 8, Format = "{0:HH:mm:ss}")]
    [ListItem]
    public required DateTime Timestamp { get; init; }

    /// <summary>In words, without the cluster's name.</summary>
    [Column]
    public required string Message { get; init => field = TerminalText.Visible(value); }

    /// <summary>
    /// <see cref="LogNoticeType.LeftOut"/>: the containers left out. <see cref="LogNoticeType.PartlyOrdered"/>: those that wait.
    /// <see cref="LogNoticeType.Resumed"/>: the streams. <see cref="LogNoticeType.Restarted"/>: how often the container was started again.
    /// </summary>
    [ListItem]
    public int? Count { get; init; }

    /// <summary><see cref="LogNoticeType.Resumed"/>: how long streams were broken.</summary>
    [ListItem]
    public TimeSpan? Duration { get; init; }

    /// <summary><see cref="LogNoticeType.Gap"/>: the time of the last line before it, in local time.</summary>
    [ListItem]
    public DateTime? From { get; init; }

    /// <summary><see cref="LogNoticeType.Gap"/>: the time of the first line after it, in local time; null when there is none.</summary>
    [ListItem]
    public DateTime? To { get; init; }

    /// <summary>Why, for <see cref="LogNoticeType.Interrupted"/> and <see cref="LogNoticeType.Stopped"/>.</summary>
    [ListItem]
    public Fault? Fault { get; init; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {Message}");
}
