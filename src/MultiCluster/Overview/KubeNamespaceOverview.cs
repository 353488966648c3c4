using MultiCluster.Faults;
using MultiCluster.Inventory;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Overview;

/// <summary>A namespace of a cluster at a glance. What could not be seen is null, and never 0. A cluster that does not answer has one row without a namespace.</summary>
[Views(
    Table = "ClusterName Namespace Pods CpuRequest MemoryRequest Warnings Attention Problem",
    Wide = "ClusterName Namespace Pods PodsPending PodsFailed CpuRequest CpuLimit CpuUsage MemoryRequest MemoryLimit MemoryUsage Workloads WorkloadsNotReady Warnings Attention Problem",
    Wrap = true)]
public sealed record KubeNamespaceOverview
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The namespace; null for a cluster that does not answer.</summary>
    [Column(Width = 12)]
    public string? Namespace { get; init; }

    /// <summary>Pods that are ready, and those that should be, which have not ended: <c>9/10</c>.</summary>
    [Column(Width = 7, Toned = true, Listed = false)]
    public string? Pods => PodsReady is { } ready ? $"{ready}/{PodsRunning + PodsPending + PodsUnknown}" : null;

    /// <summary>Pods that are ready.</summary>
    [ListItem]
    public int? PodsReady { get; init; }

    /// <summary>Pods in the phase Running.</summary>
    [ListItem]
    public int? PodsRunning { get; init; }

    /// <summary>Pods in the phase Pending.</summary>
    [Column("Pending", Width = 7)]
    [ListItem]
    public int? PodsPending { get; init; }

    /// <summary>Pods in the phase Succeeded.</summary>
    [ListItem]
    public int? PodsSucceeded { get; init; }

    /// <summary>Pods in the phase Failed.</summary>
    [Column("Failed", Width = 6)]
    [ListItem]
    public int? PodsFailed { get; init; }

    /// <summary>Pods in the phase Unknown, whose node is silent.</summary>
    [ListItem]
    public int? PodsUnknown { get; init; }

    /// <summary>CPU that pods on nodes request, as the scheduler counts.</summary>
    [Column("CPU", Width = 7)]
    [ListItem]
    public Quantity? CpuRequest { get; init; }

    /// <summary>CPU that pods on nodes may use, where they are limited.</summary>
    [Column(Width = 8)]
    public Quantity? CpuLimit { get; init; }

    /// <summary>CPU that is used; null where the cluster has no metrics.</summary>
    [Column(Width = 8)]
    public Quantity? CpuUsage { get; init; }

    /// <summary>Memory that pods on nodes request, as the scheduler counts.</summary>
    [Column("Memory", Width = 8)]
    [ListItem]
    public Quantity? MemoryRequest { get; init; }

    /// <summary>Memory that pods on nodes may use, where they are limited.</summary>
    [Column(Width = 11)]
    public Quantity? MemoryLimit { get; init; }

    /// <summary>Memory that is used; null where the cluster has no metrics.</summary>
    [Column(Width = 11)]
    public Quantity? MemoryUsage { get; init; }

    /// <summary>Deployments, StatefulSets and DaemonSets.</summary>
    [Column(Width = 9)]
    public int? Workloads { get; init; }

    /// <summary>Those of them with fewer ready pods than are wanted.</summary>
    [Column("Not ready", Width = 9)]
    [ListItem]
    public int? WorkloadsNotReady { get; init; }

    /// <summary>Warning events that were seen within the last hour.</summary>
    [Column("Warn", Width = 4)]
    [ListItem]
    public int? Warnings { get; init; }

    /// <summary>How many findings Get-KubeAttention has there.</summary>
    [Column("Attn", Width = 4)]
    [ListItem]
    public int? Attention { get; init; }

    /// <summary>What could not be read, and why in a word: <c>pods (forbidden)</c>. The numbers of what was not read are null.</summary>
    [ListItem]
    public TextList Unseen { get; init; } = [];

    /// <summary>Why the cluster does not answer; null when it does.</summary>
    public Fault? Fault { get; init; }

    /// <summary>What is wrong with the cluster, or what could not be seen; null when all was.</summary>
    [Column]
    public string? Problem => Fault is not null ? Fault.Detail : Unseen.Count > 0 ? $"not seen: {UnseenKind.Summary(Unseen)}" : null;

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible(Fault is null ? $"{ClusterName}/{Namespace}: {Pods} pods, {Attention} findings" : $"{ClusterName}: {Fault.Detail}");
}
