using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MultiCluster.Logs.Lines;

/// <summary>
/// Joins the streams of one container. It remembers the end of what has been read, says from which second a new stream must begin so
/// that nothing is missing, and recognises what comes again: a kubelet cuts <c>sinceTime</c> to seconds and sends the lines of that
/// time and later in the log's order, so what was read before is exactly the beginning of what comes.
/// </summary>
/// <remarks>See docs/decisions/log-seam.md.</remarks>
internal sealed class LogSeam
{
    /// <summary>Lines that are remembered one by one: half a MiB at most.</summary>
    private const int DefaultCapacity = 32 * 1024;

    /// <summary>Seconds whose lines are counted: ten minutes in which something was written.</summary>
    private const int CountedSeconds = 600;

    private const long Second = 1_000_000_000;

    /// <summary>How much earlier than the last line the next one may be: output and errors of a process are written side by side.</summary>
    private const long Tolerance = 1 * Second;

    private readonly LineRing _recent;
    private readonly Queue<SecondCount> _counts = new();
    private SecondCount _now;
    private SeamLine _last;

    // What may come again; null when no seam is open.
    private Dictionary<SeamLine, int>? _awaited;
    private Dictionary<long, int>? _counted;
    private long _from;
    private long _until;
    private bool _lastSeen;

    public LogSeam(int capacity = DefaultCapacity) => _recent = new LineRing(capacity);

    /// <summary>The time of the last line that was read, in nanoseconds since 1970; null before the first.</summary>
    public long? Last => _now.Count == 0 ? null : _last.Nanoseconds;

    /// <summary>The second of the last line, since 1970.</summary>
    public long? LastSecond => Last is { } last ? FloorOf(last) : null;

    /// <summary>Set when the line just judged shows that the log no longer holds the last one that was read: what was between them is lost.</summary>
    public bool FoundGap { get; private set; }

    /// <summary>Remembers a line that was read.</summary>
    public void Add(long nanoseconds, ulong hash)
    {
        _last = new SeamLine(nanoseconds, hash);
        Count(FloorOf(nanoseconds));
        _recent.Add(_last, FloorOf(nanoseconds - Tolerance) * Second);
    }

    /// <summary>Opens a seam: returns the second, since 1970, from which the next stream must begin; null for the log's beginning.</summary>
    /// <param name="readToEnd">True when the last stream brought the log to its end, so that what a rotation took away has been read.</param>
    public long? Open(bool readToEnd = false)
    {
        if (Last is not { } last)
            return null;
        _from = FloorOf(last - Tolerance);
        _until = FloorOf(last);
        _lastSeen = readToEnd;
        FoundGap = false;
        _awaited = [];
        _counted = [];
        foreach (var (second, count) in _counts.Append(_now))
        {
            if (second < _from)
                continue;
            CollectionsMarshal.GetValueRefOrAddDefault(_counted, second, out _) += count;
            _until = Math.Max(_until, second);
        }

        foreach (var line in _recent)
        {
            var second = FloorOf(line.Nanoseconds);
            if (second < _from || !_counted.TryGetValue(second, out var count) || count == 0)
                continue;
            CollectionsMarshal.GetValueRefOrAddDefault(_awaited, line, out _)++;
            _counted[second] = count - 1;
        }

        return _from;
    }

    /// <summary>
    /// Opens a seam to a log of its own that begins after the last line, such as that of the container's next instance. Should it be the
    /// one that was read after all, its last lines are recognised.
    /// </summary>
    public void OpenAtStart()
    {
        if (Open() is null)
            return;
        _from = long.MinValue;
        _counted!.Clear();
        _lastSeen = true;
    }

    /// <summary>True when a line of the new stream was read before. One that was not is for the caller to <see cref="Add"/>.</summary>
    public bool IsRepeat(long nanoseconds, ulong hash)
    {
        FoundGap = false;
        if (_awaited is null)
            return false;
        var line = new SeamLine(nanoseconds, hash);
        var second = FloorOf(nanoseconds);
        if (second < _from || TakeOne(_awaited, line))
        {
            _lastSeen |= line == _last;
            return true;
        }

        if (TakeOne(_counted!, second))
            return true;
        FoundGap = !_lastSeen;
        _lastSeen = true;
        if (second > _until)
            _awaited = null;
        return false;
    }

    private void Count(long second)
    {
        if (_now.Count > 0 && _now.Second != second)
        {
            if (_counts.Count == CountedSeconds)
                _counts.Dequeue();
            _counts.Enqueue(_now);
            _now = default;
        }

        _now = new SecondCount(second, _now.Count + 1);
    }

    private static bool TakeOne<T>(Dictionary<T, int> counts, T key)
        where T : notnull
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(counts, key);
        if (Unsafe.IsNullRef(ref count) || count == 0)
            return false;
        count--;
        return true;
    }

    private static long FloorOf(long nanoseconds) => (nanoseconds / Second) - (nanoseconds % Second < 0 ? 1 : 0);

    private readonly record struct SecondCount(long Second, int Count);
}
