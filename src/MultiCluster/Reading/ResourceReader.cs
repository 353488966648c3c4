using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Resources;
using MultiCluster.Resources.Lists;
using MultiCluster.Resources.Selectors;

namespace MultiCluster.Reading;

/// <summary>Reads what a <see cref="ResourceQuery"/> wants from one cluster after another's model: kinds, namespaces and names in the order given.</summary>
internal sealed class ResourceReader(ResourceQuery query, FirstCount first)
{
    private readonly NameFilter _names = new(query.Names);

    /// <summary>Writes one cluster's objects. What fails of it is written as a fault; the rest goes on.</summary>
    /// <param name="defaultNamespace">The namespace when the query names none.</param>
    public async Task ReadAsync(
        ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        foreach (var text in query.Kinds)
        {
            try
            {
                var kind = await connection.Session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false);
                var reader = new KindReader(query, _names, first, connection.Session.Objects, kind, call, sink);
                foreach (var ns in NamespacesFor(kind, defaultNamespace))
                    await reader.ReadAsync(ns, defaultNamespace, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (e.Fault.Phase is FaultPhase.KindNotFound or FaultPhase.Forbidden or FaultPhase.Invalid)
            {
                await sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
            }

            if (first.IsReached)
                return;
        }
    }

    private IReadOnlyList<string?> NamespacesFor(ResourceKind kind, string defaultNamespace)
    {
        if (!kind.Namespaced || query.AllNamespaces)
            return [null];
        return query.Namespaces.Count == 0 ? [defaultNamespace] : query.Namespaces;
    }
}
