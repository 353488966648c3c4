using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Resources;

/// <summary>What has happened to a watch of one cluster: that it began, broke, goes on, missed something, or ended.</summary>
[Views(Table = "ClusterName Timestamp Type Kind Namespace Message", Wrap = true)]
public sealed record KubeWatchNotice
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>What has happened.</summary>
    [Column(Width = 11)]
    public required WatchNoticeType Type { get; init; }

    /// <summary>The kind that is watched: <c>Pod</c>, or as it was asked for while the cluster does not serve it; null for the whole cluster.</summary>
    [Column(Width = 10)]
    public string? Kind { get; init; }

    /// <summary>The namespace that is watched, or null for all.</summary>
    [Column(Width = 12)]
    public string? Namespace { get; init; }

    /// <summary>When it happened, in local time.</summary>
    [Column("Time", Width = 8, Format = "{0:HH:mm:ss}")]
    [ListItem]
    public required DateTime Timestamp { get; init; }

    /// <summary>In words, without the cluster's name.</summary>
    [Column]
    public required string Message { get; init => field = TerminalText.Visible(value); }

    /// <summary><see cref="WatchNoticeType.Connected"/>: the objects that there were. <see cref="WatchNoticeType.Relisted"/>: the differences, each of which was an event.</summary>
    [ListItem]
    public int? Count { get; init; }

    /// <summary><see cref="WatchNoticeType.Resumed"/>: how long the watch was broken. <see cref="WatchNoticeType.Gap"/>: how long the gap is.</summary>
    [ListItem]
    public TimeSpan? Duration { get; init; }

    /// <summary><see cref="WatchNoticeType.Gap"/>: up to when every event is known, in local time.</summary>
    [ListItem]
    public DateTime? From { get; init; }

    /// <summary><see cref="WatchNoticeType.Gap"/>: from when on every event is known again, in local time.</summary>
    [ListItem]
    public DateTime? To { get; init; }

    /// <summary>Why, for <see cref="WatchNoticeType.Interrupted"/> and <see cref="WatchNoticeType.Stopped"/>.</summary>
    [ListItem]
    public Fault? Fault { get; init; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {Message}");
}
