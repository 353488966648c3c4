namespace MultiCluster.Sandbox.Logs;

/// <summary>Writes the lines that are due at a rate since a container's start. What line comes when depends on the seed and the rate alone.</summary>
/// <param name="lines">What the container says.</param>
/// <param name="rate">Lines per second.</param>
/// <param name="start">When it began.</param>
/// <param name="end">When it ended; null while it runs.</param>
internal sealed class LogGenerator(LogLines lines, double rate, DateTimeOffset start, DateTimeOffset? end)
{
    private const int TypicalLine = 128;

    private readonly long _end = end is { } time ? ContainerLog.Nanoseconds(time) : long.MaxValue;
    private long _from = ContainerLog.Nanoseconds(start);
    private long _countAtFrom;

    public double Rate { get; private set; } = rate;

    /// <summary>Lines so far, also those that were never written because rotation would have taken them away.</summary>
    public long Count { get; private set; }

    /// <summary>Writes one line, if one is due.</summary>
    public bool TryWrite(LogFile file, DateTimeOffset now)
    {
        if (Rate <= 0) return false;
        var time = TimeOf(Count);
        if (time > Until(now)) return false;
        Count++;
        file.Commit(time, lines.Write(Count, file.Reserve(LogLines.Longest)));
        return true;
    }

    public void SetRate(double value, DateTimeOffset now)
    {
        Rate = value;
        _from = ContainerLog.Nanoseconds(now);
        _countAtFrom = Count;
    }

    /// <summary>
    /// Counts the lines that rotation would have taken away by now, instead of writing them: a container that has run for months has millions, of
    /// which nobody can read more than the last file.
    /// </summary>
    /// <returns>True when there were any: what comes next is the begin of a file.</returns>
    public bool SkipRotated(DateTimeOffset now, long rotateAt)
    {
        if (Rate <= 0) return false;
        var due = _countAtFrom + (long)((Until(now) - _from) / 1e9 * Rate);
        var perFile = Math.Max(1, rotateAt / TypicalLine);
        if (due - Count <= 2 * perFile) return false;
        Count = due / perFile * perFile;
        return true;
    }

    private long Until(DateTimeOffset now) => Math.Min(ContainerLog.Nanoseconds(now), _end);

    private long TimeOf(long index)
    {
        var period = 1e9 / Rate;
        return _from + (long)((index - _countAtFrom + 1) * period) + (LogLines.Mix(index) % (long)Math.Clamp(period, 1, 1_000_000));
    }
}
