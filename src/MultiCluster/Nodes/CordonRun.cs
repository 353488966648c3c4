using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Nodes;

/// <summary>Cordons or uncordons nodes; a fan-out runs it for each cluster. Its objects are the <see cref="KubeNode"/>s as they are then.</summary>
/// <param name="nodes">The nodes as they were read: one that was replaced since is left alone.</param>
/// <param name="unschedulable">True to cordon them.</param>
/// <param name="dryRun">True to have the servers check it and change nothing.</param>
internal sealed class CordonRun(IEnumerable<KubeNode> nodes, bool unschedulable, bool dryRun)
{
    /// <summary>Nodes of one cluster that are written at once.</summary>
    private const int AtOnce = 8;

    private readonly ILookup<string, KubeNode> _nodes = nodes.ToLookup(static node => node.ClusterId, StringComparer.Ordinal);

    /// <summary>Does it on one cluster. A node that cannot be written is a fault in <paramref name="sink"/>; the others go on.</summary>
    /// <exception cref="FaultException">The cluster cannot be reached, or refuses the login.</exception>
    public Task SetAsync(ClusterConnection connection, CallContext call, FanOutSink sink, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        _nodes[connection.Identity.ClusterId],
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (node, stop) =>
        {
            try
            {
                var result = await new NodeCordon(connection).SetAsync(node.Name, node.Uid, unschedulable, dryRun, call, stop).ConfigureAwait(false);
                await sink.WriteAsync<KubeNode>([result.Node], stop).ConfigureAwait(false);
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                await sink.FaultAsync(e.Fault, node, stop).ConfigureAwait(false);
            }
        });
}
