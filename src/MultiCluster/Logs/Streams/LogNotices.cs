using System.Globalization;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Logs.Lines;

namespace MultiCluster.Logs.Streams;

/// <summary>Says what has happened to the reading of one cluster's logs.</summary>
internal sealed class LogNotices(FanOutSink sink, TimeProvider time)
{
    public ValueTask JoinedAsync(LogSource source, CancellationToken cancellationToken) =>
        TellAsync(Of(LogNoticeType.Joined, source, $"{source} is followed from its start"), cancellationToken);

    public ValueTask RestartedAsync(LogSource source, int restarts, CancellationToken cancellationToken) =>
        TellAsync(Of(LogNoticeType.Restarted, source, $"{source} was started again (restarts: {restarts})") with { Count = restarts }, cancellationToken);

    public ValueTask EndedAsync(LogSource source, string why, CancellationToken cancellationToken) =>
        TellAsync(Of(LogNoticeType.Ended, source, $"{source} {why}"), cancellationToken);

    public ValueTask WaitingAsync(LogSource source, string? reason, CancellationToken cancellationToken) =>
        TellAsync(Of(LogNoticeType.Waiting, source, $"{source} has not started{(reason is null ? "" : $" ({reason})")} and has no log yet"), cancellationToken);

    public ValueTask GapAsync(LogSource source, LogGap gap, CancellationToken cancellationToken)
    {
        var (from, to) = (Local(gap.From), Local(gap.To));
        var text = string.Create(CultureInfo.CurrentCulture, $"lines of {source} may be missing between {from:T} and {to:T}: its log was rotated while the stream was broken");
        return TellAsync(Of(LogNoticeType.Gap, source, text) with { From = from, To = to }, cancellationToken, NoticeLevel.Warning);
    }

    public ValueTask LostInstanceAsync(LogSource source, long? last, CancellationToken cancellationToken)
    {
        var from = last is { } nanoseconds ? Local(nanoseconds) : (DateTime?)null;
        var text = $"lines of {source} may be missing: it was started again more than once while the stream was broken";
        return TellAsync(Of(LogNoticeType.Gap, source, text) with { From = from }, cancellationToken, NoticeLevel.Warning);
    }

    public ValueTask InterruptedAsync(Fault fault, CancellationToken cancellationToken) => TellAsync(
        Of(LogNoticeType.Interrupted, null, $"streams broke and are opened again by themselves: {fault.Detail}") with { Fault = fault }, cancellationToken);

    public ValueTask ResumedAsync(int streams, TimeSpan after, CancellationToken cancellationToken)
    {
        var text = string.Create(
            CultureInfo.CurrentCulture, $"{(streams == 1 ? "the stream that broke goes on" : $"the {streams:N0} streams that broke go on")} after {after.TotalSeconds:0.#} s");
        return TellAsync(Of(LogNoticeType.Resumed, null, text) with { Count = streams, Duration = after }, cancellationToken);
    }

    public ValueTask LeftOutAsync(int leftOut, int open, int limit, int clusters, CancellationToken cancellationToken)
    {
        var all = clusters == 1 ? "" : $" over {clusters} clusters";
        var text = string.Create(
            CultureInfo.CurrentCulture,
            $"{leftOut:N0} of {open + leftOut:N0} containers are left out: at most {limit:N0} streams{all} are open at once. They follow as others end. Raise -MaxStreams, or narrow the call with names, -LabelSelector or -Container");
        return TellAsync(Of(LogNoticeType.LeftOut, null, text) with { Count = leftOut }, cancellationToken, NoticeLevel.Warning);
    }

    public ValueTask StillLeftOutAsync(LogSource source, bool follows, int leftOut, CancellationToken cancellationToken)
    {
        var text = string.Create(CultureInfo.CurrentCulture, $"{source} {(follows ? "is followed now" : "is left out")}; {leftOut:N0} containers are left out");
        return TellAsync(Of(LogNoticeType.LeftOut, source, text) with { Count = leftOut }, cancellationToken);
    }

    public ValueTask PartlyOrderedAsync(int waiting, int limit, CancellationToken cancellationToken)
    {
        var text = string.Create(
            CultureInfo.CurrentCulture,
            $"more logs are read than streams may be open at once ({limit:N0}), {waiting:N0} wait for their turn: lines are in the order of time among the logs read together. Raise -MaxStreams, or sort by Timestamp");
        return TellAsync(Of(LogNoticeType.PartlyOrdered, null, text) with { Count = waiting }, cancellationToken);
    }

    /// <summary>The cluster was deselected. Said with the token of the whole call, since the cluster's own is cancelled.</summary>
    public ValueTask StoppedAsync(Fault fault) => TellAsync(Of(LogNoticeType.Stopped, null, fault.Detail) with { Fault = fault }, sink.Stopped);

    private ValueTask TellAsync(KubeLogNotice notice, CancellationToken cancellationToken, NoticeLevel level = NoticeLevel.Information) =>
        sink.NoticeAsync(level, notice.Message, notice, cancellationToken);

    private KubeLogNotice Of(LogNoticeType type, LogSource? source, string message) => new()
    {
        ClusterId = sink.Cluster.ClusterId,
        ClusterName = sink.Cluster.ClusterName,
        Type = type,
        Namespace = source?.Namespace,
        Pod = source?.Pod,
        Container = source?.Container,
        Timestamp = time.GetLocalNow().DateTime,
        Message = message,
    };

    private static DateTime Local(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100).LocalDateTime;
}
