using MultiCluster.Api.Watches;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Resources;

/// <summary>What became of one object of one cluster.</summary>
[Views(
    Table = "ClusterName Timestamp Type Object Changed",
    Wide = "ClusterName Timestamp Type Kind Namespace Name Changed",
    List = "ClusterName ClusterId Timestamp Type ApiVersion Kind Namespace Name Changed Object Previous",
    Wrap = true)]
public sealed class KubeWatchEvent
{
    private IReadOnlyList<string>? _changed;

    internal KubeWatchEvent(WatchEventType type, KubeObject current, KubeObject? previous, DateTimeOffset at)
    {
        Type = type;
        Object = current;
        Previous = previous;
        At = at;
    }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    public string ClusterId => Object.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => Object.ClusterName;

    /// <summary>What became of it.</summary>
    [Column(Width = 8)]
    public WatchEventType Type { get; }

    /// <summary>API group and version: <c>apps/v1</c>.</summary>
    public string ApiVersion => Object.ApiVersion;

    /// <summary>The object's kind: <c>Deployment</c>.</summary>
    [Column(Width = 11)]
    public string Kind => Object.Kind;

    /// <summary>The object's namespace, or null for objects of the whole cluster.</summary>
    [Column(Width = 12)]
    public string? Namespace => Object.Namespace;

    /// <summary>The object's name.</summary>
    [Column(Width = 30)]
    public string Name => Object.Name;

    /// <summary>The object's unique id.</summary>
    public string? Uid => Object.Uid;

    /// <summary>
    /// When the event arrived here, in local time. Objects do not say when they changed, so clusters whose clocks differ are in order all
    /// the same.
    /// </summary>
    [Column("Time", Width = 8, Format = "{0:HH:mm:ss}")]
    [ListItem]
    public DateTime Timestamp => At.LocalDateTime;

    /// <summary>The object: as it is now, or for <see cref="WatchEventType.Deleted"/> as it was last.</summary>
    [Column(Cell = "Object")]
    [ListItem]
    public KubeObject Object { get; }

    /// <summary>The object as it was before, where it was known.</summary>
    public KubeObject? Previous { get; }

    /// <summary>
    /// For <see cref="WatchEventType.Modified"/>, the paths whose values differ from <see cref="Previous"/>: <c>spec.replicas</c>,
    /// <c>status.conditions[1].status</c>, <c>metadata.annotations['example.com/owner']</c>; a whole part that came or went is one path.
    /// Left out is what every change changes: <c>metadata.resourceVersion</c> and <c>metadata.managedFields</c>. Empty for the other
    /// types. Found when it is asked for.
    /// </summary>
    [Column(Cell = "Changes")]
    [ListItem]
    public IReadOnlyList<string> Changed => _changed ??=
        TextList.Of(Type == WatchEventType.Modified && Previous is { } previous ? [.. ChangedPaths.Between(previous.Root, Object.Root)] : []);

    /// <summary>Its place among the events of all clusters.</summary>
    internal DateTimeOffset At { get; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {Type} {Object}");
}
