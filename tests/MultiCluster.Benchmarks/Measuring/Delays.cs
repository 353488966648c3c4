namespace MultiCluster.Benchmarks.Measuring;

/// <summary>How late many things were, to the millisecond, in memory that does not grow with their number.</summary>
internal sealed class Delays
{
    private readonly long[] _milliseconds = new long[60_000];
    private long _count;

    public void Add(TimeSpan delay)
    {
        _milliseconds[Math.Clamp((int)delay.TotalMilliseconds, 0, _milliseconds.Length - 1)]++;
        _count++;
    }

    /// <summary>Milliseconds that a share of them did not exceed.</summary>
    public int Quantile(double share)
    {
        var within = 0L;
        for (var at = 0; at < _milliseconds.Length; at++)
        {
            within += _milliseconds[at];
            if (within >= share * _count)
                return at + 1;
        }

        return _milliseconds.Length;
    }
}
