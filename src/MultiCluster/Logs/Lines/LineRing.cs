namespace MultiCluster.Logs.Lines;

/// <summary>What is remembered of a line.</summary>
internal readonly record struct SeamLine(long Nanoseconds, ulong Hash);

/// <summary>The last lines, oldest first: as many as are still of use, and never more than its capacity.</summary>
internal sealed class LineRing(int capacity)
{
    private const int InitialSize = 64;

    private SeamLine[] _lines = new SeamLine[Math.Min(InitialSize, capacity)];
    private int _first;

    public int Count { get; private set; }

    /// <summary>Adds a line. One that is older than <paramref name="keepFrom"/> gives it its place; else the ring grows, as far as it may.</summary>
    public void Add(SeamLine line, long keepFrom)
    {
        if (Count == _lines.Length && _lines[_first].Nanoseconds >= keepFrom && Count < capacity)
            Grow();
        if (Count < _lines.Length)
        {
            _lines[(_first + Count++) % _lines.Length] = line;
            return;
        }

        _lines[_first] = line;
        _first = (_first + 1) % _lines.Length;
    }

    public IEnumerator<SeamLine> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return _lines[(_first + i) % _lines.Length];
    }

    private void Grow()
    {
        var larger = new SeamLine[Math.Min(_lines.Length * 2, capacity)];
        for (var i = 0; i < Count; i++)
            larger[i] = _lines[(_first + i) % _lines.Length];
        (_lines, _first) = (larger, 0);
    }
}
