using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Changes;

/// <summary>What became of an object that was to be changed, in one cluster. There is one for each, whatever happened.</summary>
[Views(
    Table = "ClusterName Kind Namespace Name Outcome Message",
    Wide = "ClusterName Kind Namespace Name Outcome Source Elapsed Message",
    List = "ClusterName ClusterId ApiVersion Kind Namespace Name Uid Outcome Message Changes Conflicts Warnings Source DryRun Elapsed",
    Wrap = true)]
public sealed record KubeApplyResult
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The object's API group and version: <c>apps/v1</c>.</summary>
    public required string ApiVersion { get; init => field = TerminalText.VisibleLine(value); }

    /// <summary>The object's kind.</summary>
    [Column(Width = 10)]
    public required string Kind { get; init => field = TerminalText.VisibleLine(value); }

    /// <summary>The object's namespace; null for kinds of the whole cluster.</summary>
    [Column(Width = 9)]
    public string? Namespace { get; init => field = value is null ? null : TerminalText.VisibleLine(value); }

    /// <summary>The object's name.</summary>
    [Column(Width = 13)]
    public required string Name { get; init => field = TerminalText.VisibleLine(value); }

    /// <summary>The object's unique id; null for one that is not there.</summary>
    public string? Uid { get; init; }

    /// <summary>What became of it.</summary>
    [Column(Width = 10, Toned = true)]
    public required ChangeOutcome Outcome { get; init; }

    /// <summary>The fields that changed, and how; of an object that was created, those that were asked for. What the server adds of itself is left out.</summary>
    public IReadOnlyList<KubeFieldChange> Changes
    {
        get => field ??= new JoinedList<KubeFieldChange>([.. Asked?.Invoke() ?? []]);
        init => field = new JoinedList<KubeFieldChange>([.. value]);
    }

    /// <summary>The fields that others own, with their owners; or those that the server does not accept.</summary>
    public IReadOnlyList<KubeFieldConflict> Conflicts { get; init => field = new JoinedList<KubeFieldConflict>([.. value]); } = new JoinedList<KubeFieldConflict>([]);

    /// <summary>What the server warns of.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = TextList.Of([.. value.Select(TerminalText.VisibleLine)]); } = TextList.Of([]);

    /// <summary>In a sentence: what changed, or why it did not; null where there is nothing to say.</summary>
    [Column]
    public string? Message { get; init => field = TerminalText.VisibleOrNull(value); }

    /// <summary>Where it was asked for: <c>web.yaml:12</c>; null when it was piped in.</summary>
    [Column(Width = 16, Wide = true)]
    public string? Source { get; init => field = TerminalText.VisibleOrNull(value); }

    /// <summary>True when the server checked everything and nothing was changed.</summary>
    public bool DryRun { get; init; }

    /// <summary>How long it took, waiting included.</summary>
    [Column("s", Width = 6, Wide = true, Path = nameof(TimeSpan.TotalSeconds), Format = "{0:0.0}")]
    [ListItem]
    public TimeSpan Elapsed { get; init; }

    /// <summary>The fault behind it, where there is one.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Whether it is not as it was asked for.</summary>
    public bool HasFailed => Outcome is ChangeOutcome.Conflict or ChangeOutcome.Invalid or ChangeOutcome.Failed;

    /// <summary>The <see cref="Changes"/> of an object that was created, made when somebody looks: they are as many as it has fields.</summary>
    internal Func<IReadOnlyList<KubeFieldChange>>? Asked { get; init; }

    /// <summary>The object as the server answered it; null where there is none.</summary>
    internal KubeObject? Object { get; init; }

    /// <summary>When the deadline of a Deployment's rollout had passed before it was changed; null when it had not.</summary>
    internal DateTimeOffset? DeadlinePassed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {Kind} {(Namespace is null ? "" : $"{Namespace}/")}{Name} {Outcome}");
}
