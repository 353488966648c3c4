using System.Globalization;
using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>What is said of one watch.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="kind">The kind, or as it was asked for; null for the whole cluster.</param>
/// <param name="ns">The namespace, or null for all.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchNotices(ClusterIdentity cluster, string? kind, string? ns, TimeProvider time)
{
    private readonly string _what = kind ?? "";

    /// <summary>Of a kind that the cluster serves.</summary>
    public WatchNotices(ClusterIdentity cluster, ResourceKind kind, string? ns, TimeProvider time)
        : this(cluster, kind.Kind, ns, time) =>
        _what = kind.Plural + (!kind.Namespaced ? "" : ns is null ? " in all namespaces" : $" in namespace {ns}");

    /// <summary>What the machine signals.</summary>
    public KubeWatchNotice Of(WatchSignal signal) => Make(signal.Type, Text(signal)) with
    {
        Count = signal.Count,
        Duration = signal.Duration ?? (signal.To - signal.From),
        From = signal.From?.LocalDateTime,
        To = signal.To?.LocalDateTime,
        Fault = signal.Fault,
    };

    /// <summary>The watch has ended.</summary>
    public KubeWatchNotice Stopped(Fault fault) => Make(WatchNoticeType.Stopped, $"the watch of {_what} has ended: {fault.Detail}") with { Fault = fault };

    /// <summary>The kind is not served (any more); it is looked for.</summary>
    public KubeWatchNotice Missing(Fault fault) =>
        Make(WatchNoticeType.Stopped, $"{_what} cannot be watched until the cluster serves the kind, which is looked for from time to time") with { Fault = fault };

    /// <summary>The cluster was deselected.</summary>
    public KubeWatchNotice Disconnected(Fault fault) => Make(WatchNoticeType.Stopped, fault.Detail) with { Fault = fault };

    private string Text(WatchSignal signal) => signal.Type switch
    {
        WatchNoticeType.Connected => string.Create(CultureInfo.CurrentCulture, $"watching {_what}, of which there are {signal.Count:N0}"),
        WatchNoticeType.Interrupted => $"the watch of {_what} broke: {signal.Fault?.Detail}; it is tried again in {Seconds(signal.Duration)}",
        WatchNoticeType.Resumed => $"the watch of {_what} goes on after {Seconds(signal.Duration)}",
        WatchNoticeType.Gap => $"what happened to {_what} in the {Seconds(signal.To - signal.From)} before is known by its outcome only",
        WatchNoticeType.Relisted => string.Create(CultureInfo.CurrentCulture, $"{_what} listed again: {signal.Count:N0} differences"),
        _ => _what,
    };

    private KubeWatchNotice Make(WatchNoticeType type, string message) => new()
    {
        ClusterId = cluster.ClusterId,
        ClusterName = cluster.ClusterName,
        Type = type,
        Kind = kind,
        Namespace = ns,
        Timestamp = time.GetLocalNow().DateTime,
        Message = message,
    };

    private static string Seconds(TimeSpan? span) => $"{span.GetValueOrDefault().TotalSeconds.ToString("0.#", CultureInfo.CurrentCulture)} s";
}
