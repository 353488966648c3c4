using MultiCluster.Faults;
using MultiCluster.Inventory;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Overview;

/// <summary>A cluster at a glance. What could not be seen is null, and never 0; what failed stands in <see cref="Fault"/>.</summary>
[Views(
    Table = "ClusterName Version Nodes Pods CpuRequestPercent MemoryRequestPercent Attention Problem",
    Wide = "ClusterName Version Skew Distribution Platform Nodes NodesCordoned Pods PodsPending PodsFailed CpuRequestPercent CpuUsagePercent MemoryRequestPercent MemoryUsagePercent Namespaces WorkloadsNotReady Warnings Attention CertificateExpires Problem",
    Wrap = true)]
public sealed record KubeOverview
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The server's version: <c>v1.33.1</c>.</summary>
    [Column(Width = 8)]
    public string? Version { get; init => field = TerminalText.VisibleOrNull(value); }

    /// <summary>How many releases it is behind the newest of the selected clusters.</summary>
    [Column(Width = 4)]
    public int? Skew { get; init; }

    /// <summary>Who makes the cluster, as far as its version and address tell: <c>EKS</c>, <c>OpenShift</c>, <c>K3s</c> ...</summary>
    [Column(Width = 12)]
    public string? Distribution { get; init; }

    /// <summary>Where most of its nodes run, as their provider ids tell: <c>AWS</c>, <c>vSphere</c> ...</summary>
    [Column(Width = 10)]
    public string? Platform { get; init => field = TerminalText.VisibleOrNull(value); }

    /// <summary>Nodes that are ready, and all: <c>11/12</c>.</summary>
    [Column(Width = 7, Toned = true, Listed = false)]
    public string? Nodes => NodesReady is { } ready ? $"{ready}/{NodesTotal}" : null;

    /// <summary>Nodes that are ready.</summary>
    [ListItem]
    public int? NodesReady { get; init; }

    /// <summary>All nodes.</summary>
    [ListItem]
    public int? NodesTotal { get; init; }

    /// <summary>Nodes that take no new pods.</summary>
    [Column("Cordoned", Width = 8)]
    [ListItem]
    public int? NodesCordoned { get; init; }

    /// <summary>Pods that are ready, and those that should be, which have not ended: <c>985/1000</c>.</summary>
    [Column(Width = 11, Toned = true, Listed = false)]
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

    /// <summary>CPU that pods may use of all nodes.</summary>
    [ListItem]
    public Quantity? CpuAllocatable { get; init; }

    /// <summary>CPU that pods on nodes request, as the scheduler counts.</summary>
    [ListItem]
    public Quantity? CpuRequest { get; init; }

    /// <summary>CPU that pods on nodes may use, where they are limited.</summary>
    [ListItem]
    public Quantity? CpuLimit { get; init; }

    /// <summary>CPU that is used; null where the cluster has no metrics.</summary>
    [ListItem]
    public Quantity? CpuUsage { get; init; }

    /// <summary>How much of the allocatable CPU is requested, in percent.</summary>
    [Column("CPU%", Width = 4)]
    [ListItem]
    public int? CpuRequestPercent => Share.Of(CpuRequest, CpuAllocatable);

    /// <summary>How much of the allocatable CPU is used, in percent.</summary>
    [Column("CPU used%", Width = 9)]
    [ListItem]
    public int? CpuUsagePercent => Share.Of(CpuUsage, CpuAllocatable);

    /// <summary>Memory that pods may use of all nodes.</summary>
    [ListItem]
    public Quantity? MemoryAllocatable { get; init; }

    /// <summary>Memory that pods on nodes request, as the scheduler counts.</summary>
    [ListItem]
    public Quantity? MemoryRequest { get; init; }

    /// <summary>Memory that pods on nodes may use, where they are limited.</summary>
    [ListItem]
    public Quantity? MemoryLimit { get; init; }

    /// <summary>Memory that is used; null where the cluster has no metrics.</summary>
    [ListItem]
    public Quantity? MemoryUsage { get; init; }

    /// <summary>How much of the allocatable memory is requested, in percent.</summary>
    [Column("Mem%", Width = 4)]
    [ListItem]
    public int? MemoryRequestPercent => Share.Of(MemoryRequest, MemoryAllocatable);

    /// <summary>How much of the allocatable memory is used, in percent.</summary>
    [Column("Mem used%", Width = 9)]
    [ListItem]
    public int? MemoryUsagePercent => Share.Of(MemoryUsage, MemoryAllocatable);

    /// <summary>Namespaces.</summary>
    [Column("NS", Width = 4)]
    [ListItem]
    public int? Namespaces { get; init; }

    /// <summary>Deployments, StatefulSets and DaemonSets.</summary>
    [ListItem]
    public int? Workloads { get; init; }

    /// <summary>Those of them with fewer ready pods than are wanted.</summary>
    [Column("Not ready", Width = 9)]
    [ListItem]
    public int? WorkloadsNotReady { get; init; }

    /// <summary>Warning events that were seen within the last hour.</summary>
    [Column(Width = 8)]
    public int? Warnings { get; init; }

    /// <summary>How many findings Get-KubeAttention has.</summary>
    [Column("Attn", Width = 4)]
    [ListItem]
    public int? Attention { get; init; }

    /// <summary>To when the API server's certificate is good, in local time.</summary>
    [Column("Certificate", Width = 11, Format = "{0:yyyy-MM-dd}")]
    [ListItem]
    public DateTime? CertificateExpires { get; init; }

    /// <summary>What could not be read, and why in a word: <c>nodes (forbidden)</c>, <c>pods (only in web)</c>. The numbers of what was not read at all are null.</summary>
    [ListItem]
    public TextList Unseen { get; init; } = [];

    /// <summary>Why the cluster does not answer; null when it does.</summary>
    public Fault? Fault { get; init; }

    /// <summary>What is wrong with the cluster, or what of it could not be seen; null when all was.</summary>
    [Column]
    public string? Problem => Fault is not null ? Fault.Detail : Unseen.Count > 0 ? $"not seen: {UnseenKind.Summary(Unseen)}" : null;

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible(Fault is null ? $"{ClusterName}: {Version}, {Pods} pods, {Attention} findings" : $"{ClusterName}: {Fault.Detail}");
}
