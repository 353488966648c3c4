using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Workloads;

/// <summary>How far a workload's rollout is. As a row it leads to the workload.</summary>
[Views(
    Table = "ClusterName Kind Namespace Name State UpToDate Available",
    Wide = "ClusterName Kind Namespace Name State Revision UpToDate Available Message Images",
    Wrap = true)]
public sealed class KubeRollout
{
    private readonly KubeObject _workload;
    private readonly RolloutStatus _status;

    internal KubeRollout(KubeObject workload, IReadOnlyList<KubeRolloutRevision> history)
    {
        _workload = workload;
        _status = RolloutStatus.Of(workload);
        var current = history.FirstOrDefault(static one => one.Current);
        Revision = RolloutHistory.RevisionOf(workload) ?? current?.Revision;
        ChangeCause = RolloutHistory.ChangeCauseOf(workload) ?? current?.ChangeCause;
    }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public string ClusterId => _workload.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => _workload.ClusterName;

    /// <summary>API group and version: <c>apps/v1</c>.</summary>
    public string ApiVersion => _workload.ApiVersion;

    /// <summary><c>Deployment</c>, <c>StatefulSet</c> or <c>DaemonSet</c>.</summary>
    [Column(Width = 11)]
    public string Kind => _workload.Kind;

    /// <summary>The namespace.</summary>
    [Column(Width = 10)]
    public string? Namespace => _workload.Namespace;

    /// <summary>The name.</summary>
    [Column]
    public string Name => _workload.Name;

    /// <summary>The workload's unique id.</summary>
    public string? Uid => _workload.Uid;

    /// <summary>Where it stands. A Deployment that is paused is so even when nothing is missing.</summary>
    [Column(Width = 10, Toned = true)]
    public RolloutState State => Paused && _status.State != RolloutState.Failed ? RolloutState.Paused : _status.State;

    /// <summary>What is missing; null when nothing is.</summary>
    [Column(Width = 32)]
    public string? Message => TerminalText.VisibleOrNull(_status.Message);

    /// <summary>The number of the current revision; null while it has none, and when the revisions may not be read.</summary>
    [Column("Rev", Width = 3)]
    [ListItem]
    public long? Revision { get; }

    /// <summary>Pods that are ready.</summary>
    [ListItem]
    public int Ready => Status["readyReplicas"u8, "numberReady"u8];

    /// <summary>Pods of the current template.</summary>
    [Column("Updated", Width = 7, Script = "'{0}/{1}' -f $_.UpToDate, $_.Desired")]
    [ListItem]
    public int UpToDate => Status["updatedReplicas"u8, "updatedNumberScheduled"u8];

    /// <summary>Pods that have been ready for long enough.</summary>
    [Column("Avail", Width = 5, Script = "'{0}/{1}' -f $_.Available, $_.Desired")]
    [ListItem]
    public int Available => Status["availableReplicas"u8, "numberAvailable"u8];

    /// <summary>Pods that are wanted: the replicas, or of a DaemonSet the nodes that take one.</summary>
    [ListItem]
    public int Desired => _workload.Kind == "DaemonSet" ? _workload.StatusJson["desiredNumberScheduled"u8].AsInt32() : WorkloadRollout.Replicas(_workload.SpecJson);

    /// <summary>True for a Deployment whose rollout is paused.</summary>
    [ListItem]
    public bool Paused => _workload.Kind == "Deployment" && _workload.SpecJson["paused"u8].AsBoolean();

    /// <summary>Why it was changed last, as its annotation <c>kubernetes.io/change-cause</c> says; null when it does not.</summary>
    [Column]
    public string? ChangeCause { get; }

    /// <summary>Images of the template's containers, without init containers.</summary>
    [Column]
    public TextList Images => _workload.SpecJson["template"u8]["spec"u8]["containers"u8].AsTexts("image"u8);

    private Counts Status => new(_workload);

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{_workload}: {State}{(Message is null ? "" : $", {Message}")}");

    /// <summary>Numbers of a status, which DaemonSets call otherwise.</summary>
    private readonly struct Counts(KubeObject workload)
    {
        public int this[ReadOnlySpan<byte> replicas, ReadOnlySpan<byte> nodes] => workload.StatusJson[workload.Kind == "DaemonSet" ? nodes : replicas].AsInt32();
    }
}
