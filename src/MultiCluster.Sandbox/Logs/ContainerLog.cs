using System.Text;
using System.Threading.Channels;

namespace MultiCluster.Sandbox.Logs;

/// <summary>
/// What one run of a container has written. Lines come by hand, at a rate, or both; generated ones are numbered from 1 on (<c>seq</c>) and made when
/// somebody reads. Safe for concurrent use.
/// </summary>
public sealed class ContainerLog
{
    // containerd and CRI-O store a longer line in pieces.
    private const int LongestPiece = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly LogGenerator _generator;
    private readonly List<ChannelWriter<bool>> _followers = [];
    private LogFile _file = new();

    internal ContainerLog(ClusterLogs logs, LogGenerator generator)
    {
        Settings = logs;
        _generator = generator;
    }

    /// <summary>The cluster's logs, which say how they are kept and served.</summary>
    internal ClusterLogs Settings { get; }

    /// <summary>How many lines are generated per second; 0 for none. May be changed at any time.</summary>
    public double LinesPerSecond
    {
        get
        {
            lock (_lock) return _generator.Rate;
        }
        set
        {
            lock (_lock)
            {
                Generate();
                _generator.SetRate(value, Settings.Now);
                WakeFollowers();
            }
        }
    }

    /// <summary>Lines generated so far, also those that rotation has taken away.</summary>
    public long Generated
    {
        get
        {
            lock (_lock)
            {
                Generate();
                return _generator.Count;
            }
        }
    }

    /// <summary>Writes a line, with any characters but line feeds. One over 16 KiB is stored in pieces, as runtimes do.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">When; null for now.</param>
    public void Append(string line, DateTimeOffset? at = null) => Append([.. Encoding.UTF8.GetBytes(line), (byte)'\n'], at);

    /// <summary>Writes bytes as one line; those without a line feed at their end are the last, unfinished line of a container that ended.</summary>
    public void Append(ReadOnlySpan<byte> bytes, DateTimeOffset? at = null)
    {
        lock (_lock)
        {
            Generate();
            var time = Nanoseconds(at ?? Settings.Now);
            while (bytes.Length > 0)
            {
                var piece = bytes[..Math.Min(bytes.Length, bytes.Length == LongestPiece + 1 && bytes[^1] == (byte)'\n' ? bytes.Length : LongestPiece)];
                piece.CopyTo(_file.Reserve(piece.Length));
                _file.Commit(time, piece.Length);
                bytes = bytes[piece.Length..];
            }
            RotateIfFull();
            WakeFollowers();
        }
    }

    /// <summary>Begins a new file: a request reads that one alone from now on. One that follows goes on from the old to the new.</summary>
    public void Rotate()
    {
        lock (_lock)
        {
            Generate();
            Next();
            WakeFollowers();
        }
    }

    internal static long Nanoseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>The current file, where a request begins to read.</summary>
    internal LogFile Current
    {
        get
        {
            lock (_lock)
            {
                Generate();
                return _file;
            }
        }
    }

    /// <summary>Reads on, and on into the next file when this one is read to its end and <paramref name="rotates"/>.</summary>
    internal int Read(ref LogFile file, ref int index, Span<LogEntry> entries, bool rotates)
    {
        lock (_lock)
        {
            Generate();
            while (rotates && index == file.Count && file.Next is { } next) (file, index) = (next, 0);
            var count = file.Read(index, entries);
            index += count;
            return count;
        }
    }

    internal void Follow(ChannelWriter<bool> wakes)
    {
        lock (_lock) _followers.Add(wakes);
    }

    internal void Unfollow(ChannelWriter<bool> wakes)
    {
        lock (_lock) _followers.Remove(wakes);
    }

    private void Generate()
    {
        var now = Settings.Now;
        if (_followers.Count == 0 && _generator.SkipRotated(now, Settings.RotateAt)) Next();
        while (_generator.TryWrite(_file, now)) RotateIfFull();
    }

    private void RotateIfFull()
    {
        if (_file.Bytes >= Settings.RotateAt) Next();
    }

    private void Next() => _file = _file.Next = new LogFile();

    private void WakeFollowers()
    {
        foreach (var follower in _followers) follower.TryWrite(true);
    }
}
