using System.Text;
using MultiCluster.FanOut;
using MultiCluster.Faults;

namespace MultiCluster.Logs.Lines;

/// <summary>Lines that are missing between two that were read.</summary>
/// <param name="From">The time of the last line before, in nanoseconds since 1970.</param>
/// <param name="To">The time of the first line after.</param>
internal readonly record struct LogGap(long From, long To);

/// <summary>Makes of a container's raw lines the objects that are wanted: each line once, in the log's order.</summary>
internal sealed class LogIntake(LogSource source, LogSeam seam, LogFilter filter, TimeProvider time)
{
    /// <summary>What counts as one unit in a queue.</summary>
    public const int BytesPerUnit = 1024;

    /// <summary>What an object takes beside its text.</summary>
    private const int BytesPerLine = 128;

    private List<KubeLogLine> _lines = [];
    private long _bytes;
    private long _key = long.MinValue;
    private long? _last;
    private bool _skipsUntimed;
    private LogGap? _gap;

    /// <summary>True when a line has come that had not been read before.</summary>
    public bool Progressed { get; private set; }

    /// <summary>What the kubelet said in place of lines, or null.</summary>
    public string? Complaint { get; private set; }

    /// <summary>An answer begins.</summary>
    /// <param name="resumes">True when it goes on where another ended.</param>
    public void Begin(bool resumes)
    {
        Progressed = false;
        Complaint = null;

        // A kubelet writes no time before the parts of a line that it kept in parts: the first may be the end of a line read before.
        _skipsUntimed = resumes;
        _last = resumes ? seam.Last : null;
    }

    /// <summary>Takes the lines that have arrived whole.</summary>
    public void Take(LogLineReader reader)
    {
        while (reader.TryNext(out var line))
            Take(line);
    }

    /// <summary>Takes what stands after the last end of line: the answer is complete.</summary>
    public void TakeLast(LogLineReader reader)
    {
        if (reader.TryLast(out var line))
            Take(line);
    }

    /// <summary>The lines since it was last asked, or null.</summary>
    public FanOutSeries<KubeLogLine>? TakeSeries()
    {
        if (_lines.Count == 0)
            return null;
        var lines = _lines.ToArray();
        var key = Math.Max(_key, lines[0].UtcTicks);
        var series = new FanOutSeries<KubeLogLine>(source.Cluster, lines, static line => line.UtcTicks)
        {
            Ticks = key,
            At = new DateTimeOffset(key, TimeSpan.Zero),
            Weight = 1 + (int)(_bytes / BytesPerUnit),
        };
        foreach (var line in lines)
            key = Math.Max(key, line.UtcTicks);
        _key = key;
        _lines = new List<KubeLogLine>(lines.Length);
        _bytes = 0;
        return series;
    }

    /// <summary>The gap that was found since it was last asked, or null.</summary>
    public LogGap? TakeGap()
    {
        var gap = _gap;
        _gap = null;
        return gap;
    }

    private void Take(RawLine line)
    {
        if (line.Nanoseconds is null)
        {
            if (KubeletWord.IsComplaint(line.Text))
            {
                Complaint = MessageText.OneLine(Encoding.UTF8.GetString(line.Text));
                return;
            }

            if (_skipsUntimed)
                return;
        }

        _skipsUntimed = false;
        var nanoseconds = line.Nanoseconds ?? _last ?? KubeLogLine.NanosecondsOf(time.GetUtcNow());
        _last = nanoseconds;
        var hash = LineHash.Of(line.Text);
        if (seam.IsRepeat(nanoseconds, hash))
            return;
        if (seam.FoundGap)
            _gap = new LogGap(seam.Last!.Value, nanoseconds);
        seam.Add(nanoseconds, hash);
        Progressed = true;
        if (!filter.Passes(line.Text))
            return;
        _lines.Add(new KubeLogLine(source, nanoseconds, line.Text.ToArray()));
        _bytes += line.Text.Length + BytesPerLine;
    }
}

/// <summary>What a kubelet writes into an answer that has begun when it cannot read on: text without a time that is no line of the log.</summary>
internal static class KubeletWord
{
    public static bool IsComplaint(ReadOnlySpan<byte> text) =>
        text.StartsWith("unable to retrieve container logs for "u8)
        || text.StartsWith("failed to try resolving symlinks in path "u8)
        || text.StartsWith("failed to open log file "u8)
        || text.StartsWith("failed to watch file "u8);
}
