using System.Globalization;
using System.Management.Automation;
using MultiCluster.FanOut;

namespace MultiCluster.Module.Pipeline;

/// <summary>
/// One progress record per call, and one below it for each part that has something to tell: nothing in its first half second, then at most ten updates a second, and a last one that closes it.
/// It is taken away while there is nothing to tell.
/// </summary>
internal sealed class ProgressPulse(Action<ProgressRecord> write, TimeProvider time, string activity, Func<ProgressState?> state)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long _started = time.GetTimestamp();
    private long _last;
    private bool _shown;
    private Dictionary<int, string> _parts = [];

    /// <summary>Shows where the call stands, unless it was shown just now.</summary>
    internal void Tick()
    {
        var due = _shown ? time.GetElapsedTime(_last) >= Interval : time.GetElapsedTime(_started) >= Silence;
        if (!due)
            return;

        if (state() is not { } now)
        {
            Complete();
            return;
        }

        write(Record(0, activity, now.Status, now.Percent));
        Show(now.Parts ?? []);
        _last = time.GetTimestamp();
        _shown = true;
    }

    /// <summary>Takes the record away.</summary>
    internal void Complete()
    {
        if (!_shown)
            return;
        _shown = false;
        Show([]);
        write(Completed(0, activity));
    }

    /// <summary>Shows the parts, and takes those away that are there no more.</summary>
    private void Show(IReadOnlyList<ProgressPart> parts)
    {
        var gone = _parts;
        _parts = [];
        foreach (var part in parts)
        {
            write(Record(part.Number, part.Activity, part.Status, part.Percent));
            _parts[part.Number] = part.Activity;
            gone.Remove(part.Number);
        }

        foreach (var (number, what) in gone)
            write(Completed(number, what));
    }

    /// <summary>A record of the call itself, number 0, or of a part, which stands below it.</summary>
    private static ProgressRecord Record(int number, string activity, string status, int percent) =>
        new(number, activity, status) { ParentActivityId = number == 0 ? -1 : 0, PercentComplete = percent };

    private static ProgressRecord Completed(int number, string activity)
    {
        var record = Record(number, activity, "Done", 100);
        record.RecordType = ProgressRecordType.Completed;
        return record;
    }
}

/// <summary>Where a part of a call stands.</summary>
/// <param name="Number">Its number, above 0 and for no other part of the call.</param>
/// <param name="Activity">What it is.</param>
/// <param name="Status">In words.</param>
/// <param name="Percent">From 0 to 100, or -1 when nobody knows.</param>
internal readonly record struct ProgressPart(int Number, string Activity, string Status, int Percent);

/// <summary>Where a call stands.</summary>
/// <param name="Status">In words.</param>
/// <param name="Percent">From 0 to 100, or -1 when nobody knows.</param>
/// <param name="Parts">Its parts that have something to tell; null for none.</param>
internal readonly record struct ProgressState(string Status, int Percent, IReadOnlyList<ProgressPart>? Parts = null)
{
    /// <summary><c>12 of 40 clusters, 3,120 objects, waiting for prod-eu</c>.</summary>
    internal static ProgressState Of(FanOutProgress progress)
    {
        var culture = CultureInfo.CurrentCulture;
        var status = string.Create(culture, $"{progress.Done:N0} of {progress.Requested:N0} clusters, {progress.Objects:N0} objects");
        if (progress.Failed > 0)
            status += string.Create(culture, $", {progress.Failed:N0} failed");
        if (progress.Slowest is { } slowest)
            status += $", waiting for {slowest.ClusterName}";
        return new(status, progress.Requested == 0 ? -1 : progress.Done * 100 / progress.Requested);
    }

    /// <summary><c>12 of 40 clusters, waiting for prod-eu</c>.</summary>
    internal static ProgressState Of(int done, int requested, string? slowest) => new(
        string.Create(CultureInfo.CurrentCulture, $"{done:N0} of {requested:N0} clusters") + (slowest is null ? "" : $", waiting for {slowest}"),
        requested == 0 ? -1 : done * 100 / requested);
}
