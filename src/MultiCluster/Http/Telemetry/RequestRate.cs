namespace MultiCluster.Http;

/// <summary>Requests of the last minute, counted per second.</summary>
internal sealed class RequestRate(TimeProvider time)
{
    private const int Seconds = 60;

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private readonly (long Second, int Count)[] _slots = new (long, int)[Seconds];

    public void Count()
    {
        lock (_lock)
        {
            var now = Now();
            ref var slot = ref _slots[now % Seconds];
            slot = slot.Second == now ? (now, slot.Count + 1) : (now, 1);
        }
    }

    public double PerSecond()
    {
        lock (_lock)
        {
            var oldest = Now() - Seconds + 1;
            return _slots.Where(slot => slot.Second >= oldest).Sum(slot => slot.Count) / (double)Seconds;
        }
    }

    private long Now() => (long)time.GetElapsedTime(_start).TotalSeconds;
}
