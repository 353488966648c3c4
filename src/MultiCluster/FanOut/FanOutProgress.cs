using MultiCluster.Faults;

namespace MultiCluster.FanOut;

/// <summary>Where a call stands. Read by the pipeline thread while clusters write.</summary>
internal sealed class FanOutProgress
{
    private readonly Lock _gate = new();
    private readonly LinkedList<ClusterIdentity> _running = new();
    private long _objects;

    internal FanOutProgress(int requested) => Requested = requested;

    /// <summary>Clusters asked.</summary>
    public int Requested { get; }

    /// <summary>Clusters that are done, with or without a fault.</summary>
    public int Done { get; private set; }

    /// <summary>Clusters that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>Objects so far.</summary>
    public long Objects => Interlocked.Read(ref _objects);

    /// <summary>The cluster that has been running longest, or null.</summary>
    public ClusterIdentity? Slowest
    {
        get
        {
            lock (_gate)
                return _running.First?.Value;
        }
    }

    internal void Add(int objects) => Interlocked.Add(ref _objects, objects);

    internal LinkedListNode<ClusterIdentity> Start(ClusterIdentity cluster)
    {
        lock (_gate)
            return _running.AddLast(cluster);
    }

    internal void End(LinkedListNode<ClusterIdentity> cluster, bool failed)
    {
        lock (_gate)
        {
            _running.Remove(cluster);
            Done++;
            Failed += failed ? 1 : 0;
        }
    }
}
