using MultiCluster.Clusters;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>A pool's events in the shape that PowerShell subscribes to.</summary>
public sealed class ClusterEventSource : IDisposable
{
    private readonly ClusterPool _pool;
    private readonly HashSet<ClusterEventKind> _kinds;
    private readonly ClusterWords _clusters;

    internal ClusterEventSource(ClusterPool pool, IEnumerable<ClusterEventKind> kinds, IEnumerable<string> clusters)
    {
        _pool = pool;
        _kinds = [.. kinds];
        _clusters = new ClusterWords(clusters);
        _pool.Changed += Forward;
    }

    /// <summary>Raised for each event that is wanted.</summary>
    public event EventHandler<ClusterEventArgs>? Raised;

    /// <summary>Ends the subscription at the pool.</summary>
    public void Dispose() => _pool.Changed -= Forward;

    private void Forward(ClusterEvent happened)
    {
        if (_kinds.Count > 0 && !_kinds.Contains(happened.Kind))
            return;
        if (happened.ClusterName is { } name && !_clusters.Mean(name, happened.ClusterId!))
            return;
        Raised?.Invoke(_pool, new ClusterEventArgs(happened));
    }
}

/// <summary>An event of the pool on its way to a script.</summary>
public sealed class ClusterEventArgs : EventArgs
{
    internal ClusterEventArgs(ClusterEvent happened) => ClusterEvent = happened;

    /// <summary>The event.</summary>
    public ClusterEvent ClusterEvent { get; }
}
