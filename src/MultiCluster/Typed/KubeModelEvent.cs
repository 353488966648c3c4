using MultiCluster.Faults;

namespace MultiCluster.Typed;

/// <summary>A change that a typed watch tells of.</summary>
/// <typeparam name="T">The model.</typeparam>
public sealed class KubeModelEvent<T>
{
    internal KubeModelEvent(ClusterIdentity cluster, k8s.WatchEventType type, T model)
    {
        ClusterName = cluster.ClusterName;
        ClusterId = cluster.ClusterId;
        Type = type;
        Object = model;
    }

    /// <summary>The cluster's name.</summary>
    public string ClusterName { get; }

    /// <summary>The cluster's id.</summary>
    public string ClusterId { get; }

    /// <summary>What has happened.</summary>
    public k8s.WatchEventType Type { get; }

    /// <summary>The object as it is now, or was last.</summary>
    public T Object { get; }
}
