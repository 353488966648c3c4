namespace MultiCluster.Sandbox.Hosting;

/// <summary>The last 10,000 requests of a cluster. Safe for concurrent use.</summary>
public sealed class RequestLog
{
    private const int Kept = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<RequestRecord> _records = new();
    private long _count;

    /// <summary>Those kept, as of now, oldest first.</summary>
    public IReadOnlyList<RequestRecord> All
    {
        get
        {
            lock (_lock) return [.. _records];
        }
    }

    /// <summary>How many there were since the start or the last <see cref="Clear"/>.</summary>
    public long Count => Interlocked.Read(ref _count);

    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
            Interlocked.Exchange(ref _count, 0);
        }
    }

    internal void Add(RequestRecord record)
    {
        lock (_lock)
        {
            _records.Enqueue(record);
            if (_records.Count > Kept) _records.Dequeue();
            Interlocked.Increment(ref _count);
        }
    }
}
