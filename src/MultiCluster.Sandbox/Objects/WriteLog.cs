namespace MultiCluster.Sandbox.Objects;

/// <summary>
/// The latest writes to a kind, as a server's watch cache keeps them. Watchers read it at their own pace, each with a cursor; a writer
/// never waits for them. Safe for concurrent use.
/// </summary>
/// <param name="start">The version before the first write; a watch from an older one is refused.</param>
/// <param name="settings">How many writes are kept, and how far behind a watcher may be.</param>
internal sealed class WriteLog(long start, WatchSettings settings)
{
    private readonly Lock _lock = new();
    private readonly List<WriteCursor> _cursors = [];
    private StoredWrite[] _ring = new StoredWrite[16];
    private long _oldest = start;
    private long _first;
    private long _next;
    private bool _closed;

    /// <summary>The version that a watch may start from at the earliest.</summary>
    public long Oldest
    {
        get
        {
            lock (_lock) return _oldest;
        }
    }

    public void Append(StoredWrite written)
    {
        lock (_lock)
        {
            if (_next - _first == _ring.Length && _ring.Length < settings.History) Grow();
            if (_next - _first == _ring.Length) DropFirst();
            _ring[_next++ % _ring.Length] = written;
            while (_next - _first > settings.History) DropFirst();
            foreach (var cursor in _cursors) cursor.Wake();
        }
    }

    /// <summary>Reads what is written after a version; null when that is not known any more.</summary>
    public WriteCursor? Open(long after)
    {
        lock (_lock)
        {
            if (after < _oldest) return null;
            var cursor = new WriteCursor(this, Find(after), _next, after);
            _cursors.Add(cursor);
            return cursor;
        }
    }

    /// <summary>Refuses watches from versions before this one. Those that run go on.</summary>
    public void Compact(long version)
    {
        lock (_lock) _oldest = Math.Max(_oldest, version);
    }

    /// <summary>Ends all watches, once they have read what there is: the kind is gone.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var cursor in _cursors) cursor.Wake();
        }
    }

    internal CursorState Read(WriteCursor cursor, Span<StoredWrite> batch, out int count)
    {
        lock (_lock)
        {
            count = 0;
            if (_next - Math.Max(cursor.Position, cursor.Opened) > settings.Queue || cursor.Position < _first) return CursorState.Overrun;
            for (; count < batch.Length && cursor.Position < _next; count++) batch[count] = _ring[cursor.Position++ % _ring.Length];
            if (count > 0) return CursorState.Open;
            return _closed ? CursorState.Closed : CursorState.Open;
        }
    }

    internal bool IsAtEnd(WriteCursor cursor)
    {
        lock (_lock) return cursor.Position == _next;
    }

    internal void Remove(WriteCursor cursor)
    {
        lock (_lock) _cursors.Remove(cursor);
    }

    private void DropFirst()
    {
        ref var dropped = ref _ring[_first++ % _ring.Length];
        _oldest = Math.Max(_oldest, dropped.Version);
        dropped = null!;
    }

    private void Grow()
    {
        var ring = new StoredWrite[_ring.Length * 2];
        for (var at = _first; at < _next; at++) ring[at % ring.Length] = _ring[at % _ring.Length];
        _ring = ring;
    }

    private long Find(long after)
    {
        var (low, high) = (_first, _next);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ring[middle % _ring.Length].Version <= after) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
