using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Workloads;

/// <summary>A revision of a workload: what its pods were made of, and may be again. As a row it leads to the workload.</summary>
[Views(
    Table = "ClusterName Namespace Name Revision Current CreatedAt ChangeCause",
    Wide = "ClusterName Kind Namespace Name Revision Current CreatedAt ChangeCause Images",
    Wrap = true)]
public sealed class KubeRolloutRevision
{
    private readonly KubeObject _workload;
    private readonly JsonSlice _template;

    internal KubeRolloutRevision(KubeObject workload, KubeObject source, long revision, JsonSlice template)
    {
        _workload = workload;
        _template = template;
        Source = source;
        Revision = revision;
    }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public string ClusterId => _workload.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => _workload.ClusterName;

    /// <summary>API group and version of the workload: <c>apps/v1</c>.</summary>
    public string ApiVersion => _workload.ApiVersion;

    /// <summary>The workload's kind: <c>Deployment</c>, <c>StatefulSet</c>, <c>DaemonSet</c>.</summary>
    [Column(Width = 11)]
    public string Kind => _workload.Kind;

    /// <summary>The workload's namespace.</summary>
    [Column(Width = 10)]
    public string? Namespace => _workload.Namespace;

    /// <summary>The workload's name.</summary>
    [Column]
    public string Name => _workload.Name;

    /// <summary>The workload's unique id.</summary>
    public string? Uid => _workload.Uid;

    /// <summary>Its number.</summary>
    [Column("Rev", Width = 3)]
    [ListItem]
    public long Revision { get; }

    /// <summary>True for the one that the workload's pods have, or are getting.</summary>
    [Column("Now", Width = 3, Script = "if ($_.Current) { '*' } else { '' }")]
    [ListItem]
    public bool Current { get; internal init; }

    /// <summary>Why it was made, as its annotation <c>kubernetes.io/change-cause</c> says; null when it does not.</summary>
    [Column]
    public string? ChangeCause => RolloutHistory.ChangeCauseOf(Source);

    /// <summary>When it was first rolled out, in local time.</summary>
    [Column("Age", Width = 6, Age = true, Last = true)]
    [ListItem]
    public DateTime? CreatedAt => Source.CreationTimestamp;

    /// <summary>Images of the template's containers, without init containers.</summary>
    [Column]
    public TextList Images => _template["spec"u8]["containers"u8].AsTexts("image"u8);

    /// <summary>The pod template.</summary>
    public KubeMap? Template => _template.AsMap();

    /// <summary>The template's bytes.</summary>
    internal JsonSlice TemplateJson => _template;

    /// <summary>What keeps it: a ReplicaSet, or a ControllerRevision.</summary>
    public KubeObject Source { get; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{_workload} {Revision}");
}
