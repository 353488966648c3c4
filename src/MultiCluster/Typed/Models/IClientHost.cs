using MultiCluster.Faults;

namespace MultiCluster.Typed.Models;

/// <summary>Who holds a typed client: how it waits, whom it asks, what it is told. Without one it waits plainly and asks nobody.</summary>
internal interface IClientHost
{
    /// <summary>Waits on the caller's thread for a call; a caller who gives up cancels <paramref name="stop"/>.</summary>
    void Wait(Task call, CancellationTokenSource stop);

    /// <summary>Asks whether a protected cluster may be changed; null when nobody can be asked.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="operation">What is tried first, to be read after "cannot".</param>
    bool? MayChange(ClusterIdentity cluster, string operation);

    /// <summary>A model came from a cluster.</summary>
    void Came(object model, ClusterIdentity cluster);
}
