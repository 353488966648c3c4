using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Waiting;

/// <summary>Finds what wildcards and selectors mean in a cluster at the beginning of a wait.</summary>
internal sealed class WaitSearch(WaitQuery query, ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink)
{
    private readonly NameFilter _names = new(query.Names);

    /// <summary>The objects. A kind that has none is a fault, unless its objects are to be gone; so is an exact name that no object bears.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task<IReadOnlyList<WaitTarget>> RunAsync(CancellationToken cancellationToken)
    {
        var found = new List<WaitTarget>();
        foreach (var text in query.Kinds)
        {
            try
            {
                var kind = await connection.Session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false);
                var before = found.Count;
                foreach (var ns in NamespacesFor(kind))
                    await SearchAsync(kind, ns, found, cancellationToken).ConfigureAwait(false);
                if (!query.Rule.IsDeletion)
                    await TellMissingAsync(kind, found[before..], cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                await sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
            }
        }

        return found;
    }

    private IReadOnlyList<string?> NamespacesFor(ResourceKind kind)
    {
        if (!kind.Namespaced || query.AllNamespaces)
            return [null];
        return query.Namespaces.Count == 0 ? [defaultNamespace] : query.Namespaces;
    }

    private async Task SearchAsync(ResourceKind kind, string? ns, List<WaitTarget> found, CancellationToken cancellationToken)
    {
        try
        {
            await ListAsync(kind, ns, found, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (ns is null && kind.Namespaced && e.Fault.Phase == FaultPhase.Forbidden)
        {
            var fallback = new NamespaceFallback(connection.Session.Objects, new FirstCount(null), call, sink);
            await fallback.ReadAsync(e.Fault, null, defaultNamespace, (one, stop) => ListAsync(kind, one, found, stop), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ListAsync(ResourceKind kind, string? ns, List<WaitTarget> found, CancellationToken cancellationToken)
    {
        var list = new ListQuery { Namespace = ns, LabelSelector = query.LabelSelector, FieldSelector = query.FieldSelector, MetadataOnly = true };
        await foreach (var piece in connection.Session.Objects.ListAsync(kind, list, call, cancellationToken).ConfigureAwait(false))
            found.AddRange(piece.Where(item => _names.Matches(item.Name)).Select(WaitTarget.Of));
    }

    private async Task TellMissingAsync(ResourceKind kind, List<WaitTarget> found, CancellationToken cancellationToken)
    {
        var ns = NamespacesFor(kind) is [{ } only] ? only : null;
        var selectors = string.Join(" and ", new[] { query.LabelSelector, query.FieldSelector }.OfType<string>().Concat(query.Names.Where(NameFilter.IsPattern)));
        if (found.Count == 0 && _names.Exact.Count == 0)
            await sink.FaultAsync(WaitFaults.NothingFits(kind, ns, selectors.Length == 0 ? null : selectors), null, cancellationToken).ConfigureAwait(false);
        foreach (var name in _names.Exact.Where(name => !found.Exists(one => one.Name == name)))
            await sink.FaultAsync(MissingName.Fault(kind, ns, name, query.LabelSelector is not null || query.FieldSelector is not null), name, cancellationToken).ConfigureAwait(false);
    }
}
