namespace MultiCluster.Logs.Lines;

/// <summary>How far a container's log has been read, and what must be asked for next so that nothing is missing.</summary>
/// <param name="source">The container.</param>
/// <param name="query">What is wanted of it at first.</param>
/// <param name="whole">True to want all of it: it has started since the call began.</param>
/// <param name="began">When the call began, as a timestamp of the clock.</param>
/// <param name="time">The clock.</param>
internal sealed class LogPosition(LogSource source, LogQuery query, bool whole, long began, TimeProvider time)
{
    private long? _opened;
    private bool _readToEnd;

    /// <summary>Joins the answers.</summary>
    public LogSeam Seam { get; } = new();

    /// <summary>An answer has begun.</summary>
    public void Opened()
    {
        _opened ??= time.GetTimestamp();
        _readToEnd = false;
    }

    /// <summary>It has ended in order: all that the log's file held has come.</summary>
    public void ReadToEnd() => _readToEnd = true;

    /// <summary>The next request for the instance that is being read.</summary>
    public LogRequest Next(bool follow, bool previous = false)
    {
        var request = new LogRequest(source) { Follow = follow, Previous = previous };
        if (Seam.Open(_readToEnd) is { } second)
            return request with { SinceSecond = second, Resumes = true };
        if (whole)
            return request;

        // What a tail counts moves with the log: what came since the first answer began is what follows it.
        if (query.Tail is not null && _opened is { } opened)
            return request with { Since = time.GetElapsedTime(opened) + TimeSpan.FromSeconds(1) };
        return request with
        {
            Tail = query.Tail,
            SinceSecond = query.SinceTime?.ToUnixTimeSeconds(),
            Since = query.Since + TimeSpan.FromSeconds(Math.Floor(time.GetElapsedTime(began).TotalSeconds)),
        };
    }

    /// <summary>The request for an instance that was started after the one that has been read.</summary>
    /// <param name="startedAt">When it was started, if that is known.</param>
    /// <param name="follow">True while it runs.</param>
    public LogRequest NextInstance(DateTimeOffset? startedAt, bool follow)
    {
        // A kubelet may have served it already when the pod's status still named the one before: then its lines are known.
        if (startedAt is { } start && Seam.LastSecond is { } last && start.ToUnixTimeSeconds() < last)
            return Next(follow);
        Seam.OpenAtStart();
        return new LogRequest(source) { Follow = follow };
    }
}
