using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Nodes;

/// <summary>Finds the nodes that a <see cref="NodeQuery"/> means.</summary>
internal sealed class NodeFinder(NodeQuery query)
{
    /// <summary>Nodes of one cluster that are asked for at once.</summary>
    private const int AtOnce = 8;

    private readonly NameFilter _names = new(query.Names);

    /// <summary>One cluster's nodes, in its order. An exact name that is not there is a fault in <paramref name="sink"/>.</summary>
    /// <exception cref="FaultException">The nodes cannot be read.</exception>
    public async Task<IReadOnlyList<KubeNode>> FindAsync(ClusterConnection connection, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        if (!_names.NeedsList && query.LabelSelector is null)
            return await GetAsync(connection, call, sink, cancellationToken).ConfigureAwait(false);
        var objects = connection.Session.Objects;
        var one = query.Names is [var only] && !_names.NeedsList ? only : null; // the server narrows the list to it
        var list = new ListQuery { Name = one, LabelSelector = query.LabelSelector };
        var found = new List<KubeNode>();
        await foreach (var piece in objects.ListAsync(NodeKinds.Node, list, call, cancellationToken).ConfigureAwait(false))
            found.AddRange(piece.OfType<KubeNode>().Where(node => _names.IsEmpty || _names.Matches(node.Name)));
        foreach (var name in _names.Exact.Where(name => found.All(node => node.Name != name)))
            await sink.FaultAsync(MissingName.Fault(NodeKinds.Node, null, name, query.LabelSelector is not null), name, cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>Asks for each by its name, as kubectl does: a role may let nodes be read one by one, or only some of them.</summary>
    private async Task<IReadOnlyList<KubeNode>> GetAsync(ClusterConnection connection, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var found = new KubeNode?[_names.Exact.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, found.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, stop) =>
            {
                var name = _names.Exact[i];
                try
                {
                    found[i] = await connection.Session.Objects.GetAsync(NodeKinds.Node, null, name, metadataOnly: false, call, stop).ConfigureAwait(false) as KubeNode;
                }
                catch (FaultException e) when (e.Fault.Phase is FaultPhase.NotFound or FaultPhase.Forbidden)
                {
                    await sink.FaultAsync(e.Fault, name, stop).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        return [.. found.OfType<KubeNode>()];
    }
}
