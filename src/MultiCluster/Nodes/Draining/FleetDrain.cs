using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Nodes.Jobs;

namespace MultiCluster.Nodes.Draining;

/// <summary>
/// Drains the nodes that were planned, on many clusters. One for the whole call: a fan-out runs <see cref="DrainAsync"/> for each cluster.
/// Its objects are <see cref="KubeDrainEvent"/>s, and one <see cref="KubeDrainResult"/> for each node whatever happens,
/// unless the call is stopped before the cluster's part has begun.
/// </summary>
internal sealed class FleetDrain : IDisposable
{
    private readonly ILookup<string, KubeDrainPlan> _plans;
    private readonly DrainOptions _options;
    private readonly DrainStore _store;
    private readonly DrainCall _call;
    private readonly ConcurrentQueue<KubeDrain> _drains = new();
    private readonly ConcurrentQueue<KubeDrainResult> _results = new();

    /// <summary>A call that begins now.</summary>
    /// <param name="plans">The nodes, in the order in which they are to be drained.</param>
    /// <param name="options">What was asked for; the same as for the plans.</param>
    /// <param name="store">The session's drains.</param>
    /// <param name="healthCheck">Asked after each node with its result; false, or an exception, begins no more. Null: no check.</param>
    public FleetDrain(IReadOnlyCollection<KubeDrainPlan> plans, DrainOptions options, DrainStore store, Func<KubeDrainResult, CancellationToken, Task<bool>>? healthCheck = null)
    {
        _plans = plans.ToLookup(static plan => plan.ClusterId, StringComparer.Ordinal);
        _options = options;
        _store = store;
        _call = new DrainCall(options, healthCheck);
        Nodes = plans.Count;
    }

    /// <summary>How many nodes the call is for.</summary>
    public int Nodes { get; }

    /// <summary>The drains that have begun, for progress: what runs, how many pods have gone, and what is waited for.</summary>
    public IReadOnlyCollection<KubeDrain> Drains => _drains;

    /// <summary>The results so far, which are all of them when the call has ended, even when it was stopped and nobody read its channel any more.</summary>
    public IReadOnlyCollection<KubeDrainResult> Results => _results;

    /// <summary>Drains one cluster's nodes.</summary>
    /// <exception cref="Faults.FaultException">The cluster cannot be asked how pods are evicted.</exception>
    public async Task DrainAsync(ClusterConnection connection, CallContext context, FanOutSink sink, CancellationToken cancellationToken)
    {
        var plans = _plans[connection.Identity.ClusterId].ToArray();
        if (plans.Length > 0)
            await new ClusterDrain(connection, _options, _store, _call, context, new DrainOutput(sink, _drains, _results)).RunAsync(plans, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _call.Dispose();
}
