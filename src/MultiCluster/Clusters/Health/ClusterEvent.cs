using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Clusters;

/// <summary>What happened to the session's clusters.</summary>
public enum ClusterEventKind
{
    /// <summary>A selection has begun.</summary>
    SelectionChanging,

    /// <summary>The selection has changed.</summary>
    SelectionChanged,

    /// <summary>A cluster that had failed answers again.</summary>
    HealthHealthy,

    /// <summary>A cluster stopped answering.</summary>
    HealthDegraded,

    /// <summary>A cluster's login was refused and the quick attempts did not help.</summary>
    AuthFailed,

    /// <summary>A cluster's login was refused; attempts are under way.</summary>
    AuthRecovering,

    /// <summary>A cluster's login works again.</summary>
    AuthRecovered,

    /// <summary>A cluster's kubeconfig changed, and its connection was made anew.</summary>
    KubeconfigChanged,

    /// <summary>A cluster was deselected because its kubeconfig or context is gone.</summary>
    KubeconfigGone,
}

/// <summary>An event of the pool.</summary>
[Views(Table = "ClusterName Timestamp Kind Message", List = "ClusterName ClusterId Timestamp Kind Message Fault", Wrap = true)]
public sealed record ClusterEvent
{
    /// <summary>What happened.</summary>
    [Column(Width = 17)]
    public required ClusterEventKind Kind { get; init; }

    /// <summary>When, in local time.</summary>
    [Column(Width = 19, Format = "{0:yyyy-MM-dd HH:mm:ss}")]
    [ListItem(Format = "{0:yyyy-MM-dd HH:mm:ss.fff}")]
    public required DateTime Timestamp { get; init; }

    /// <summary>The cluster's id, or null when the event is about the whole selection.</summary>
    [ListItem]
    public string? ClusterId { get; init; }

    /// <summary>The cluster's name, or null when the event is about the whole selection.</summary>
    [Column(Width = 17)]
    public string? ClusterName { get; init; }

    /// <summary>The event as a sentence.</summary>
    [Column]
    public required string Message { get; init => field = TerminalText.Visible(value); }

    /// <summary>The fault behind it, if any.</summary>
    [ListItem]
    public Fault? Fault { get; init; }
}
