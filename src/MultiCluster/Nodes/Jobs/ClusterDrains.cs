using System.Globalization;
using MultiCluster.Faults;

namespace MultiCluster.Nodes.Jobs;

/// <summary>The drains of one cluster.</summary>
internal sealed class ClusterDrains
{
    /// <summary>How many that have ended are kept.</summary>
    public const int Kept = 5;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, KubeDrain> _running = new(StringComparer.Ordinal);
    private readonly Queue<KubeDrain> _ended = new();

    /// <summary>All of them.</summary>
    public IReadOnlyList<KubeDrain> All
    {
        get
        {
            lock (_gate)
                return [.. _ended, .. _running.Values];
        }
    }

    /// <summary>Takes a drain in.</summary>
    /// <exception cref="FaultException">Its node is being drained already (Conflict).</exception>
    public KubeDrain Begin(KubeDrain drain, ClusterIdentity cluster)
    {
        lock (_gate)
        {
            if (_running.TryAdd(drain.Node, drain))
                return drain;
            var first = _running[drain.Node];
            throw new FaultException(new Fault
            {
                Phase = FaultPhase.Conflict,
                Cluster = cluster,
                Operation = $"drain node {drain.Node}",
                Detail = string.Create(CultureInfo.InvariantCulture, $"drain {first.Id} is at it since {first.StartedAt:HH:mm:ss}"),
                Advice = string.Create(CultureInfo.InvariantCulture, $"Wait for it, or end it with Stop-KubeDrain -Id {first.Id}."),
            });
        }
    }

    /// <summary>A drain has ended.</summary>
    public void End(KubeDrain drain)
    {
        lock (_gate)
        {
            _running.Remove(drain.Node);
            _ended.Enqueue(drain);
            if (_ended.Count > Kept)
                _ended.Dequeue();
        }
    }
}
