using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Nodes;

/// <summary>What a drain's plan has in mind for a pod.</summary>
public enum DrainPodOutcome
{
    /// <summary>It is evicted; its budget decides when.</summary>
    Evict,

    /// <summary>It is deleted, whatever its budget says.</summary>
    Delete,

    /// <summary>It stays.</summary>
    Skip,

    /// <summary>It may not go, and its node is not drained.</summary>
    Blocked,
}

/// <summary>A pod in the plan of a drain.</summary>
[Views(Wrap = true)]
public sealed record KubeDrainPod
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The node.</summary>
    [Column(Width = 16, Wide = true)]
    public required string Node { get; init; }

    /// <summary>The pod's kind, so that a row of it leads to the pod.</summary>
    public string Kind { get; } = "Pod";

    /// <summary>The pod's namespace.</summary>
    [Column(Width = 12)]
    public required string Namespace { get; init; }

    /// <summary>The pod's name.</summary>
    [Column(Width = 20)]
    public required string Name { get; init; }

    /// <summary>The pod's unique id: only this pod goes, and none that bears its name later.</summary>
    [ListItem]
    public string? Uid { get; init; }

    /// <summary>What controls it, as <c>Kind/Name</c>; null for a pod of its own.</summary>
    [ListItem]
    public string? Owner { get; init; }

    /// <summary>What becomes of it.</summary>
    [Column(Width = 8, Toned = true)]
    public required DrainPodOutcome Outcome { get; init; }

    /// <summary>Why, each as a clause; what is lost by its going is said too. Empty where nothing speaks against it.</summary>
    [Column("Reason", Script = "(@($cells.Reasons) + @($cells.Budgets -replace '^', 'budget ')) -join '; '")]
    [ListItem]
    public required IReadOnlyList<string> Reasons { get; init => field = TextList.Of([.. value.Select(TerminalText.Visible)]); }

    /// <summary>Names of the budgets that must agree, in the pod's namespace.</summary>
    [ListItem]
    public IReadOnlyList<string> Budgets { get; init => field = TextList.Of([.. value]); } = TextList.Of([]);

    /// <summary>The same reasons as <see cref="Reasons"/>, as they are said of several pods too.</summary>
    internal IReadOnlyList<PodReason> Why { get; init; } = [];

    /// <summary>True when it leaves the node.</summary>
    public bool Goes => Outcome is DrainPodOutcome.Evict or DrainPodOutcome.Delete;

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{Namespace}/{Name}");
}
