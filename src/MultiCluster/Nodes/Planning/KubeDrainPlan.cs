using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Nodes;

/// <summary>What the drain of one node would do. Data: it changes nothing.</summary>
[Views(
    Table = "ClusterName Node Going Blocked Waves Reasons",
    Wide = "ClusterName Node Unschedulable Going Staying Blocked Waves Reasons",
    List = "ClusterName ClusterId Node Unschedulable Going Staying Blocked Waves IsBlocked Reasons Budgets Pods",
    Wrap = true)]
public sealed record KubeDrainPlan
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    public string ClusterId => Subject.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => Subject.ClusterName;

    /// <summary>The node.</summary>
    [Column(Width = 16)]
    public string Node => Subject.Name;

    /// <summary>True when the node is cordoned already.</summary>
    public bool Unschedulable => Subject.Unschedulable;

    /// <summary>Its pods, in the API's order.</summary>
    public required IReadOnlyList<KubeDrainPod> Pods { get; init => field = new JoinedList<KubeDrainPod>([.. value]); }

    /// <summary>The budgets that select pods which go or are blocked.</summary>
    public required IReadOnlyList<KubePodDisruption> Budgets { get; init => field = new JoinedList<KubePodDisruption>([.. value]); }

    /// <summary>How many times pods must go and come back before all have gone, if every budget allows as much as it can; 0 when none goes.</summary>
    [Column(Width = 5)]
    public int Waves { get; init; }

    /// <summary>True when a pod may not go: the node is not drained, and not cordoned either.</summary>
    public bool IsBlocked => Pods.Any(static pod => pod.Outcome == DrainPodOutcome.Blocked);

    /// <summary>Why it is blocked, a sentence for the pods of each reason; empty when it is not.</summary>
    [Column("Reason", Script = "if ($_.IsBlocked) { ($cells.Reasons -replace ': .*$', '.') -join ' ' } else { ($cells.'Budgets.Reason' -replace ': .*$', '.') -join ' ' }")]
    [ListItem]
    public IReadOnlyList<string> Reasons =>
        TextList.Of([.. PodReason.Sentences(Pods.Where(static pod => pod.Outcome == DrainPodOutcome.Blocked)).Select(TerminalText.Visible)]);

    /// <summary>Pods that leave the node.</summary>
    [Column(Width = 5)]
    public int Going => Pods.Count(static pod => pod.Goes);

    /// <summary>Pods that stay.</summary>
    [Column(Width = 7)]
    public int Staying => Pods.Count(static pod => pod.Outcome == DrainPodOutcome.Skip);

    /// <summary>Pods that may not go.</summary>
    [Column(Width = 7)]
    public int Blocked => Pods.Count(static pod => pod.Outcome == DrainPodOutcome.Blocked);

    /// <summary>What a drain that asks no pod to go leaves behind: those that would go, and those that may not.</summary>
    internal IReadOnlyList<string> UntouchedPods => [.. Pods.Where(static pod => pod.Outcome != DrainPodOutcome.Skip).Select(static pod => pod.ToString())];

    /// <summary>The node as it was when the plan was made.</summary>
    internal KubeNode Subject { get; init; } = null!;

    /// <summary>The DaemonSets that the plan knew of.</summary>
    internal DrainInventory Inventory { get; init; } = null!;

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}/{Node}");
}
