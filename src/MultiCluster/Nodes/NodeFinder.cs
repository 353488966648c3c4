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
    private readonly NameFilter _names = new(query.Names);

    /// <summary>One cluster's nodes, in its order. An exact name that is not there is a fault in <paramref name="sink"/>.</summary>
    /// <exception cref="FaultException">The nodes cannot be read.</exception>
    public async Task<IReadOnlyList<KubeNode>> FindAsync(ClusterConnection connection, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
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
}
