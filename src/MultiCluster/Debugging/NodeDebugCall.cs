using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Debugging;

/// <summary>
/// Makes a pod on nodes of many clusters, does there what is to be done, and removes it. One for the whole call: a fan-out runs
/// <see cref="RunAsync"/> for each cluster. Its objects are what the command writes (<see cref="Exec.KubeCommandOutput"/>), and without one or for
/// pods that are kept a <see cref="KubeDebugResult"/> for each node; the results stand in the report of the call as well.
/// </summary>
internal sealed class NodeDebugCall
{
    private readonly ConcurrentQueue<Fault> _left = new();
    private readonly ILookup<string, KubeNode> _nodes;
    private int _done;

    /// <exception cref="FaultException">There is nothing to do, or a terminal is wanted on several nodes (Invalid).</exception>
    public NodeDebugCall(NodeDebugQuery query, IReadOnlyCollection<KubeNode> nodes)
    {
        if (query is { Keep: false, Options: { Command.Count: 0, Attach: null, DryRun: false } })
            throw new FaultException(FaultPhase.Invalid, "there is nothing to do on the node", "Give a command (Debug-KubeNode -Name node-1 -- chroot /host uptime), -Interactive, or -Keep to have a pod that stays.");
        if (query.Options.Attach is not null && nodes.Count > 1)
            throw DebugFaults.TooMany("node", $"{nodes.Count}");
        Query = query;
        Count = nodes.Count;
        _nodes = nodes.ToLookup(static node => node.ClusterId, StringComparer.Ordinal);
    }

    /// <summary>What is wanted.</summary>
    public NodeDebugQuery Query { get; }

    /// <summary>How many nodes are meant.</summary>
    public int Count { get; }

    /// <summary>With how many of them it is done.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>The pods that were to be removed and are still there, for a call that was stopped and has no reader any more.</summary>
    public IReadOnlyCollection<Fault> Left => _left;

    /// <summary>A pod could not be removed.</summary>
    public void Leaves(Fault fault) => _left.Enqueue(fault);

    /// <summary>Does it on one cluster's nodes. What fails is written as a fault; the rest goes on.</summary>
    public async Task RunAsync(ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken)
    {
        var debug = new NodeDebug(connection, Query.Namespace ?? defaultNamespace, context, this, sink);
        await Parallel.ForEachAsync(
            _nodes[connection.Identity.ClusterId],
            new ParallelOptions { MaxDegreeOfParallelism = Query.Options.AtOnce, CancellationToken = cancellationToken },
            async (node, stop) =>
            {
                var result = await debug.RunAsync(node, stop).ConfigureAwait(false);
                Interlocked.Increment(ref _done);
                if (result.Fault is { } fault)
                    await sink.FaultAsync(fault, node, stop).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }
}
