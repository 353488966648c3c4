using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Pods;
using MultiCluster.Resources;

namespace MultiCluster.Debugging;

/// <summary>
/// Adds a container to pods of many clusters. One for the whole call: a fan-out runs <see cref="RunAsync"/> for each cluster. Its objects are what
/// the command writes (<see cref="Exec.KubeCommandOutput"/>), or without one a <see cref="KubeDebugResult"/> for each pod; the results stand in
/// the report of the call as well.
/// </summary>
internal sealed class PodDebugCall : IDisposable
{
    private int _pods;
    private int _done;

    /// <exception cref="FaultException">The query cannot be met: no pods, a name that can name nothing, a terminal for several clusters (Invalid).</exception>
    public PodDebugCall(PodDebugQuery query, int clusters, TimeProvider time)
    {
        if (query.Names.Count + query.Objects.Count == 0 && query.LabelSelector is null && query.FieldSelector is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says which pods are debugged", "Name them or what has them (-Name deployment/web), give a selector, or pipe them in. -Name * means all pods of the namespace.");
        if (query.Options.Attach is not null && clusters > 1)
            throw DebugFaults.TooMany("pod", $"{clusters} clusters"); // who finds its pods first would have added a container to them
        Query = query;
        Targets = new PodTargets(query);
        Watch = new WatchCall(null, null, clusters, time, Random.Shared.NextDouble);
    }

    /// <summary>What is wanted.</summary>
    public PodDebugQuery Query { get; }

    /// <summary>In which pods.</summary>
    public PodTargets Targets { get; }

    /// <summary>What the clusters share.</summary>
    public WatchCall Watch { get; }

    /// <summary>Pods that were found so far, and with how many of them it is done.</summary>
    public (int Pods, int Done) Counts => (Volatile.Read(ref _pods), Volatile.Read(ref _done));

    /// <inheritdoc cref="PodTargets.NothingFits"/>
    public bool NothingFits => Targets.NothingFits;

    /// <summary>So many pods were found on a cluster.</summary>
    public void Found(int pods) => Interlocked.Add(ref _pods, pods);

    /// <summary>It is done with a pod.</summary>
    public void Ended() => Interlocked.Increment(ref _done);

    /// <summary>Does it in one cluster's pods. What fails is written as a fault; the rest goes on.</summary>
    public Task RunAsync(ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken) =>
        new ClusterPodDebug(connection, defaultNamespace, context, this, sink).RunAsync(cancellationToken);

    /// <summary>Ends the call's clock.</summary>
    public void Dispose() => Watch.Dispose();
}
