using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Debugging;

/// <summary>A container that was made to debug a pod or a node, and what became of it.</summary>
[Views(Table = "ClusterName Pod Container State Summary", Wide = "ClusterName Namespace Pod Container Node Image State Elapsed Summary")]
public sealed record KubeDebugResult
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The pod's namespace.</summary>
    [Column(Width = 14, Wide = true)]
    public required string Namespace { get; init; }

    /// <summary>The pod: the one that is debugged, or the one that was made on a node.</summary>
    [Column(Width = 28)]
    public required string Pod { get; init; }

    /// <summary>The container, for <c>Invoke-KubeCommand -Container</c>.</summary>
    [Column(Width = 14)]
    public required string Container { get; init; }

    /// <summary>The node that the pod is on; null for one that has none yet.</summary>
    [Column(Width = 20, Wide = true)]
    public string? Node { get; init; }

    /// <summary>The container's image.</summary>
    [Column(Width = 20, Wide = true)]
    public required string Image { get; init; }

    /// <summary>Where it stands.</summary>
    [Column(Width = 8)]
    public DebugState State { get; init; }

    /// <summary>Why it waits or how it ended, as the kubelet says it: <c>ErrImagePull</c>, <c>Completed</c>, <c>StartError</c>.</summary>
    [ListItem]
    public string? Reason { get; init; }

    /// <summary>From the beginning to the answer.</summary>
    [Column("ms", Width = 7, Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:#,0}", Wide = true)]
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why it failed, or null.</summary>
    [ListItem]
    public Fault? Fault { get; init; }

    /// <summary>What is to be seen: why it failed, or the kubelet's reason.</summary>
    [Column("Reason")]
    public string Summary => Fault?.Detail ?? Reason ?? "";

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {Namespace}/{Pod}: {Container} {State}{(Summary.Length == 0 ? "" : $" ({Summary})")}");
}
