using MultiCluster.Api.Watches;
using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.Resources;

/// <summary>What became of one object of one cluster.</summary>
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
    public string ClusterName => Object.ClusterName;

    /// <summary>What became of it.</summary>
    public WatchEventType Type { get; }

    /// <summary>API group and version: <c>apps/v1</c>.</summary>
    public string ApiVersion => Object.ApiVersion;

    /// <summary>The object's kind: <c>Deployment</c>.</summary>
    public string Kind => Object.Kind;

    /// <summary>The object's namespace, or null for objects of the whole cluster.</summary>
    public string? Namespace => Object.Namespace;

    /// <summary>The object's name.</summary>
    public string Name => Object.Name;

    /// <summary>
    /// When the event arrived here, in local time. Objects do not say when they changed, so clusters whose clocks differ are in order all
    /// the same.
    /// </summary>
    public DateTime Timestamp => At.LocalDateTime;

    /// <summary>The object: as it is now, or for <see cref="WatchEventType.Deleted"/> as it was last.</summary>
    public KubeObject Object { get; }

    /// <summary>The object as it was before, where it was known.</summary>
    public KubeObject? Previous { get; }

    /// <summary>
    /// For <see cref="WatchEventType.Modified"/>, the paths whose values differ from <see cref="Previous"/>: <c>spec.replicas</c>,
    /// <c>status.conditions[1].status</c>, <c>metadata.annotations['example.com/owner']</c>; a whole part that came or went is one path.
    /// Left out is what every change changes: <c>metadata.resourceVersion</c> and <c>metadata.managedFields</c>. Empty for the other
    /// types. Found when it is asked for.
    /// </summary>
    public IReadOnlyList<string> Changed => _changed ??=
        Type == WatchEventType.Modified && Previous is { } previous ? ChangedPaths.Between(previous.Root, Object.Root) : [];

    /// <summary>Its place among the events of all clusters.</summary>
    internal DateTimeOffset At { get; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {Type} {Object}");
}
