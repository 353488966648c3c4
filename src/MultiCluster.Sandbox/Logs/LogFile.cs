namespace MultiCluster.Sandbox.Logs;

/// <summary>A line of a log, or a piece of one.</summary>
/// <param name="Time">When it was written: nanoseconds since 1970.</param>
/// <param name="Text">Its bytes; they end with a line feed unless the line goes on in the next entry.</param>
internal readonly record struct LogEntry(long Time, ReadOnlyMemory<byte> Text)
{
    public bool EndsLine => Text.Length > 0 && Text.Span[^1] == (byte)'\n';
}

/// <summary>
/// A log file of the container runtime. It is only appended to; when it is full, a new one follows it, and readers that are still in the old one
/// go on there. Its log's lock guards it.
/// </summary>
internal sealed class LogFile
{
    private const int BlockSize = 64 * 1024;

    private readonly List<LogEntry> _entries = [];
    private byte[] _block = [];
    private int _filled;

    public int Count => _entries.Count;

    public long Bytes { get; private set; }

    /// <summary>The file after the rotation; null while this is the current one.</summary>
    public LogFile? Next { get; set; }

    public LogEntry this[int index] => _entries[index];

    /// <summary>Room for an entry of at most so many bytes.</summary>
    public Span<byte> Reserve(int bytes)
    {
        if (_block.Length - _filled < bytes)
        {
            _block = new byte[Math.Max(BlockSize, bytes)];
            _filled = 0;
        }
        return _block.AsSpan(_filled);
    }

    /// <summary>Adds what was written into the room reserved.</summary>
    public void Commit(long time, int bytes)
    {
        _entries.Add(new LogEntry(time, _block.AsMemory(_filled, bytes)));
        _filled += bytes;
        Bytes += bytes;
    }

    /// <summary>Copies entries from an index on; says how many.</summary>
    public int Read(int index, Span<LogEntry> entries)
    {
        var count = Math.Min(entries.Length, _entries.Count - index);
        for (var i = 0; i < count; i++) entries[i] = _entries[index + i];
        return count;
    }
}
