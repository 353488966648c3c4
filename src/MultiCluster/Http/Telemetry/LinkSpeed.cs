namespace MultiCluster.Http;

/// <summary>
/// How far a server is and how fast its answers come, as far as that was seen: whether a large answer gets here earlier in gzip. On one
/// machine, or in one room, packing costs more than it saves; over a link of 20 Mbit/s a list of 5,000 pods is 26 MB or 1.4 MB.
/// </summary>
internal sealed class LinkSpeed
{
    /// <summary>A server that has answered something faster is near; what its link brings is not known yet.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMilliseconds(8);

    /// <summary>The same of the requests that opened their connections, as the first ones of a process: it compiles as they go.</summary>
    private static readonly TimeSpan NearAtFirst = TimeSpan.FromMilliseconds(60);

    /// <summary>A body that is too small to say anything about a link.</summary>
    private const long Least = 256 * 1024;

    /// <summary>Bytes a second: below it, gzip is worth a try with a near server as well. 100 Mbit/s bring 12 MB.</summary>
    private const double Slow = 15e6;

    private readonly Lock _gate = new();
    private TimeSpan? _fastest;
    private TimeSpan? _first;
    private double? _plain;
    private double? _zipped;

    /// <summary>True when the server has answered so fast that a round trip to it costs hardly anything.</summary>
    public bool IsNear
    {
        get
        {
            lock (_gate)
                return SeemsNear;
        }
    }

    private bool SeemsNear => _fastest is { } fastest ? fastest < Near : _first < NearAtFirst;

    /// <summary>True when a large answer is better asked for in gzip.</summary>
    public bool PrefersGzip
    {
        get
        {
            lock (_gate)
            {
                if (!SeemsNear)
                    return true; // as kubectl: the links on which plain is faster are short ones
                return (_plain, _zipped) switch
                {
                    (null, _) => false,
                    ({ } plain, null) => plain < Slow,
                    ({ } plain, { } zipped) => plain < zipped,
                };
            }
        }
    }

    /// <summary>The first bytes on a new connection took so long: a round trip, or less when nobody had to wait for them.</summary>
    public void Opened(TimeSpan latency, bool waited)
    {
        lock (_gate)
        {
            if (waited || latency < Near)
                _fastest = _fastest < latency ? _fastest : latency;
        }
    }

    /// <summary>The headers of a small answer took so long: a round trip at the least.</summary>
    /// <param name="latency">From when it was sent, or from when the connection that it opened was ready.</param>
    /// <param name="opened">Whether it opened a connection. Another one may have carried it, earlier: it is worth less than one that did not.</param>
    public void Answered(TimeSpan latency, bool opened)
    {
        lock (_gate)
        {
            if (opened)
                _first = _first < latency ? _first : latency;
            else
                _fastest = _fastest < latency ? _fastest : latency;
        }
    }

    /// <summary>A body has been read to its end.</summary>
    /// <param name="zipped">Whether it came in gzip.</param>
    /// <param name="bytes">Its bytes, unpacked.</param>
    /// <param name="waited">How long its reader has waited for them.</param>
    public void Read(bool zipped, long bytes, TimeSpan waited)
    {
        if (bytes < Least || waited <= TimeSpan.Zero)
            return;
        var speed = bytes / waited.TotalSeconds;
        lock (_gate)
        {
            if (zipped)
                _zipped = Mean(_zipped, speed);
            else
                _plain = Mean(_plain, speed);
        }
    }

    /// <summary>What was seen lately counts for more: links change.</summary>
    private static double Mean(double? before, double now) => before is { } known ? (known + now) / 2 : now;
}
