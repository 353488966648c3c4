namespace MultiCluster.Http;

/// <summary>The last 256 latencies.</summary>
internal sealed class LatencyRing
{
    private readonly Lock _lock = new();
    private readonly TimeSpan[] _values = new TimeSpan[256];
    private int _count;
    private int _next;

    public void Add(TimeSpan latency)
    {
        lock (_lock)
        {
            _values[_next] = latency;
            _next = (_next + 1) % _values.Length;
            _count = Math.Min(_count + 1, _values.Length);
        }
    }

    /// <summary>Median and 95th percentile (nearest rank), or nulls without values.</summary>
    public (TimeSpan? P50, TimeSpan? P95) Percentiles()
    {
        TimeSpan[] sorted;
        lock (_lock)
            sorted = _values[.._count];
        if (sorted.Length == 0)
            return default;
        Array.Sort(sorted);
        return (At(50), At(95));

        TimeSpan At(int percent) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
    }
}
