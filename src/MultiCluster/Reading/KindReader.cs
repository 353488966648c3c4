using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Resources;
using MultiCluster.Resources.Lists;
using MultiCluster.Resources.Selectors;

namespace MultiCluster.Reading;

/// <summary>Reads one kind of one cluster: by name where names are exact, else as a list.</summary>
internal sealed class KindReader(
    ResourceQuery query, NameFilter names, FirstCount first, ObjectLister objects, ResourceKind kind, CallContext call, FanOutSink sink)
{
    /// <summary>Reads one namespace, or with null the whole cluster.</summary>
    public async Task ReadAsync(string? ns, string defaultNamespace, CancellationToken cancellationToken)
    {
        var everywhere = ns is null && kind.Namespaced;
        var selects = query.LabelSelector is not null || query.FieldSelector is not null; // a GET knows no selectors
        if (!names.NeedsList && !everywhere && !selects)
        {
            foreach (var name in names.Exact.TakeWhile(_ => !first.IsReached))
                await GetAsync(ns, name, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await ListAsync(ns, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (everywhere && e.Fault.Phase == FaultPhase.Forbidden)
        {
            await new NamespaceFallback(objects, first, call).ReadAsync(e.Fault, defaultNamespace, ListAsync, sink, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task GetAsync(string? ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            var found = await objects.GetAsync(kind, ns, name, query.MetadataOnly, call, cancellationToken).ConfigureAwait(false);
            if (first.Take(1) == 1)
                await sink.WriteAsync<KubeObject>([found], cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.NotFound)
        {
            await sink.FaultAsync(e.Fault, name, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ListAsync(string? ns, CancellationToken cancellationToken)
    {
        if (first.IsReached)
            return; // the other clusters have brought enough, and a limit of 0 would ask for everything
        var list = new ListQuery
        {
            Namespace = ns,
            LabelSelector = query.LabelSelector,
            FieldSelector = query.FieldSelector,
            MetadataOnly = query.MetadataOnly,
            First = names.IsEmpty ? first.Left : null,
        };
        await foreach (var piece in objects.ListAsync(kind, list, call, cancellationToken).ConfigureAwait(false))
        {
            var wanted = names.IsEmpty ? piece : [.. piece.Where(item => names.Matches(item.Name))];
            var taken = first.Take(wanted.Count);
            await sink.WriteAsync(taken == wanted.Count ? wanted : [.. wanted.Take(taken)], cancellationToken).ConfigureAwait(false);
            if (first.IsReached)
                return;
        }
    }
}
