using MultiCluster.Terminal;

namespace MultiCluster.Finding;

/// <summary>A kind among whose objects a cluster could not be searched, wholly or in part. It stands in the report of the call.</summary>
[Views(Wrap = true)]
public sealed record KubeUnreadKind
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The kind as <c>plural.group</c>, or an API group that does not answer.</summary>
    [Column(Width = 30)]
    public required string Resource { get; init; }

    /// <summary>Why, and which namespaces were searched all the same.</summary>
    [Column]
    public required string Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{Resource}: {Reason}");
}
