using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>
/// An event, with the columns of <c>kubectl get events</c>. The fields have core/v1's names, whether the cluster was asked for
/// events of core/v1 or of events.k8s.io.
/// </summary>
[Kind("", "Event")]
[Kind("events.k8s.io", "Event")]
[Views(
    Table = "ClusterName LastSeenAge Type Reason Object Message",
    Wide = "ClusterName Namespace LastSeenAge Type Reason Object Subobject Reporter Message FirstSeen Count Name",
    List = "ClusterName ClusterId Namespace Name LastSeen LastSeenAge Type Reason Object Subobject Message Count FirstSeen Reporter",
    Wrap = true)]
public sealed class KubeEvent : KubeObject
{
    internal KubeEvent(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    [Column(Most = 7, Toned = true)]
    public string? Type => Root["type"u8].AsText();

    /// <summary>Why, in one word: <c>BackOff</c>.</summary>
    [Column(Most = 10)]
    public string? Reason => Root["reason"u8].AsText();

    /// <summary>What happened.</summary>
    public string? Message => Either("message"u8, "note"u8).AsString()?.Trim();

    /// <summary>What was done or tried.</summary>
    public string? Action => Root["action"u8].AsText();

    /// <summary>The object it is about: <c>pod/web-0</c>.</summary>
    [Column(Cell = "About", Most = 20)]
    [ListItem]
    public string Object
    {
        get
        {
            var about = InvolvedJson;
#pragma warning disable CA1308 // kubectl's form
            var kind = about["kind"u8].AsString()?.ToLowerInvariant() ?? "";
#pragma warning restore CA1308
            return about["name"u8].AsText() is { } name ? $"{kind}/{name}" : kind;
        }
    }

    /// <summary>The part of the object: <c>spec.containers{web}</c>.</summary>
    public string? Subobject => InvolvedJson["fieldPath"u8].AsText();

    /// <summary>The reference to the object it is about.</summary>
    public KubeMap? InvolvedObject => InvolvedJson.AsMap();

    /// <summary>The reference to a second object.</summary>
    public KubeMap? Related => Root["related"u8].AsMap();

    /// <summary>When it was last seen, in local time.</summary>
    public DateTime? LastSeen => LastSeenAt?.LocalDateTime;

    /// <summary>Time since it was last seen; an event that does not say was seen when it was created.</summary>
    [Column("LastSeen")]
    public KubeAge? LastSeenAge => LastSeenAt is { } time ? new KubeAge(base.Source.Time.GetUtcNow() - time) : null;

    /// <summary>When it was first seen, in local time, as far as the cluster says.</summary>
    [Column(Age = true)]
    [ListItem]
    public DateTime? FirstSeen => FirstTimestamp ?? EventTime;

    /// <summary>How often it was seen.</summary>
    public int Count => Series is not null
        ? Root["series"u8]["count"u8].AsInt32()
        : Math.Max(1, Either("count"u8, "deprecatedCount"u8).AsInt32());

    /// <summary>When it was first seen, in local time; null where the cluster writes <see cref="EventTime"/>.</summary>
    public DateTime? FirstTimestamp => FirstJson.AsLocalTime();

    /// <summary>When it was last seen, in local time; null where the cluster writes <see cref="EventTime"/> and <see cref="Series"/>.</summary>
    public DateTime? LastTimestamp => LastJson.AsLocalTime();

    /// <summary>When it was first seen, in local time; null where the cluster writes <see cref="FirstTimestamp"/>.</summary>
    public DateTime? EventTime => Root["eventTime"u8].AsLocalTime();

    /// <summary>The series that it stands for, with <c>count</c> and <c>lastObservedTime</c>.</summary>
    public KubeMap? Series => Root["series"u8].AsMap();

    /// <summary>Who wrote it, with <c>component</c> and <c>host</c>.</summary>
    public new KubeMap? Source => SourceJson.AsMap();

    /// <summary>Who wrote it and where: <c>kubelet, node-1</c>.</summary>
    public string Reporter
    {
        get
        {
            var component = SourceJson["component"u8].AsText() ?? ReportingComponent ?? "";
            var instance = SourceJson["host"u8].AsText() ?? ReportingInstance;
            return instance is null ? component : $"{component}, {instance}";
        }
    }

    /// <summary>The controller that wrote it: <c>kubelet</c>.</summary>
    public string? ReportingComponent => Either("reportingComponent"u8, "reportingController"u8).AsText();

    /// <summary>Which instance of the controller wrote it.</summary>
    public string? ReportingInstance => Root["reportingInstance"u8].AsText();

    /// <summary>What it is about, as far as it says.</summary>
    internal (string? Kind, string? Namespace, string? Name, string? Uid) About
    {
        get
        {
            var about = InvolvedJson;
            return (about["kind"u8].AsString(), about["namespace"u8].AsString(), about["name"u8].AsString(), about["uid"u8].AsString());
        }
    }

    /// <summary>The time by which events are ordered.</summary>
    internal DateTimeOffset? LastSeenAt => Root["series"u8]["lastObservedTime"u8].AsTime()
        ?? LastJson.AsTime()
        ?? Root["eventTime"u8].AsTime()
        ?? FirstJson.AsTime()
        ?? MetadataJson["creationTimestamp"u8].AsTime();

    private JsonSlice InvolvedJson => Either("involvedObject"u8, "regarding"u8);

    private JsonSlice SourceJson => Either("source"u8, "deprecatedSource"u8);

    private JsonSlice FirstJson => Either("firstTimestamp"u8, "deprecatedFirstTimestamp"u8);

    private JsonSlice LastJson => Either("lastTimestamp"u8, "deprecatedLastTimestamp"u8);

    /// <summary>The field under its name in core/v1 or in events.k8s.io.</summary>
    private JsonSlice Either(ReadOnlySpan<byte> core, ReadOnlySpan<byte> events) =>
        Root[core] is { Exists: true } value ? value : Root[events];
}
