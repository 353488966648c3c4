using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Faults;

// What goes wrong with watches and logs. Times(n) counts streams, not lines.
public abstract partial class ClusterFault
{
    /// <summary>A watch or a log ends cleanly after so many lines; with 0, before it has begun.</summary>
    public static ClusterFault StreamEnds(int afterLines = 0) => afterLines == 0
        ? new EmptyStreamFault()
        : new StreamFault(false, () => new LinesUntil(afterLines - 1, StreamEnd.WithAsync));

    /// <summary>A watch or a log ends in the middle of the line that follows so many.</summary>
    /// <param name="afterLines">Lines that come whole.</param>
    /// <param name="reset">True to drop the connection there (with HTTP/2: the stream), false to end the body as if it were whole.</param>
    public static ClusterFault StreamBreaks(int afterLines = 1, bool reset = false) =>
        new StreamFault(false, () => new LinesUntil(afterLines, (line, output) => StreamEnd.InLineAsync(line, output, reset)));

    /// <summary>A watch that goes on from a version gets an ERROR event with a 410 at once.</summary>
    public static ClusterFault ExpiredWatch() => new ExpiredWatchFault();

    /// <summary>A watch that goes on from a version is answered with HTTP 410.</summary>
    public static ClusterFault GoneWatch() => new GoneWatchFault();

    /// <summary>A watch gets an ERROR event after so many lines (after 0, at once), and ends.</summary>
    public static ClusterFault WatchError(int code = 500, string reason = "InternalError", string message = "etcdserver: leader changed", int afterLines = 0)
    {
        var error = EventLine.Error(new StatusError(code, reason, message));
        return afterLines == 0
            ? new EmptyStreamFault(error)
            : new StreamFault(true, () => new LinesUntil(afterLines - 1, (line, output) => StreamEnd.WithAsync((byte[])[.. line.Span, .. error], output)));
    }

    /// <summary>The object of a watch's first event has an annotation of so many bytes.</summary>
    public static ClusterFault HugeWatchLine(int bytes = 10_000_000) => new StreamFault(true, () => new PaddedLine(bytes, inObject: true));

    /// <summary>Each so many-th event of a watch comes twice.</summary>
    public static ClusterFault RepeatedEvents(int every = 2) => new StreamFault(true, () => new RepeatedLines(every));

    /// <summary>Events of different objects that follow each other within 100 ms change places; their resourceVersions stay.</summary>
    public static ClusterFault SwappedEvents() => new StreamFault(true, static () => new SwappedLines());

    /// <summary>
    /// Every watch is struck by something of the above, or by an HTTP error, or by a reset, at a random time around <paramref name="interval"/>, and ends.
    /// What is written to it until then is neither lost nor changed.
    /// </summary>
    /// <param name="seed">Repeats the choices, as far as the requests come in the same order.</param>
    /// <param name="interval">How long a watch lives: from half of this to half as long again. 3 s by default.</param>
    public static ClusterFault WatchChaos(int seed, TimeSpan? interval = null) => new ChaosFault(seed, interval ?? TimeSpan.FromSeconds(3));
}
