using MultiCluster.Api.Lists;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>
/// Reads one kind of one cluster. Exact names are asked for one by one: with a GET, or where that does not do (all namespaces, selectors)
/// with a list that the server narrows to the name. Anything else is one list. An exact name that is not there is a fault.
/// </summary>
internal sealed class KindReader(
    ResourceQuery query, NameFilter names, FirstCount first, ObjectLister objects, ResourceKind kind, MissingNamespaces namespaces, CallContext call, FanOutSink sink)
{
    private readonly NamespaceFallback _fallback = new(objects, first, call, sink);

    // A GET knows no selectors.
    private bool Selects => query.LabelSelector is not null || query.FieldSelector is not null;

    /// <summary>Reads one namespace, or with null the whole cluster.</summary>
    public async Task ReadAsync(string? ns, string defaultNamespace, CancellationToken cancellationToken)
    {
        if (names.NeedsList)
        {
            await ListAsync(ns, null, defaultNamespace, cancellationToken).ConfigureAwait(false);
            return;
        }

        var gets = !Selects && !Everywhere(ns);
        foreach (var name in names.Exact.TakeWhile(_ => !first.IsReached))
        {
            try
            {
                await (gets ? GetAsync(ns, name, cancellationToken) : ListAsync(ns, name, defaultNamespace, cancellationToken)).ConfigureAwait(false);
            }
            catch (FaultException e) when (e.Fault.Phase is FaultPhase.NotFound or FaultPhase.Forbidden) // a role may allow some names only
            {
                await sink.FaultAsync(e.Fault, name, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool Everywhere(string? ns) => ns is null && kind.Namespaced;

    private async Task GetAsync(string? ns, string name, CancellationToken cancellationToken)
    {
        var found = await objects.GetAsync(kind, ns, name, query.MetadataOnly, call, cancellationToken).ConfigureAwait(false);
        if (first.Take(1) == 1)
            await sink.WriteAsync<KubeObject>([found], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists what is wanted, or with <paramref name="name"/> only what bears it, and says which exact names were not there.</summary>
    private async Task ListAsync(string? ns, string? name, string defaultNamespace, CancellationToken cancellationToken)
    {
        var missing = new HashSet<string>(name is null ? names.Exact : [name], StringComparer.Ordinal);
        var complete = true;
        try
        {
            await ReadListAsync(ns, name, missing, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (Everywhere(ns) && e.Fault.Phase == FaultPhase.Forbidden)
        {
            complete = await _fallback.ReadAsync(
                e.Fault, name, defaultNamespace, (one, stop) => ReadListAsync(one, name, missing, stop), cancellationToken).ConfigureAwait(false);
        }

        if (!complete || first.IsReached)
            return; // what has not been looked at may hold them
        foreach (var lacking in names.Exact.Where(missing.Contains))
            await sink.FaultAsync(MissingName.Fault(kind, ns, lacking, Selects), lacking, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadListAsync(string? ns, string? name, HashSet<string> missing, CancellationToken cancellationToken)
    {
        if (first.IsReached)
            return; // the other clusters have brought enough, and a limit of 0 would ask for everything
        var list = new ListQuery
        {
            Namespace = ns,
            Name = name,
            LabelSelector = query.LabelSelector,
            FieldSelector = query.FieldSelector,
            MetadataOnly = query.MetadataOnly,
            First = names.IsEmpty ? first.Left : null,
        };

        // Some extension servers take no notice of field selectors.
        var isEmpty = true;
        Func<KubeObject, bool> fits = name is null ? item => names.Matches(item.Name) : item => item.Name == name;
        await foreach (var piece in objects.ListAsync(kind, list, call, cancellationToken).ConfigureAwait(false))
        {
            isEmpty = false;
            var wanted = names.IsEmpty ? piece : [.. piece.Where(fits)];
            missing.ExceptWith(missing.Count == 0 ? [] : wanted.Select(static item => item.Name));
            var taken = first.Take(wanted.Count);
            await sink.WriteAsync(taken == wanted.Count ? wanted : [.. wanted.Take(taken)], cancellationToken).ConfigureAwait(false);
            if (first.IsReached)
                return;
        }

        if (isEmpty && missing.Count == 0 && ns is not null && kind.Namespaced) // a name that is missing is told of anyway
            await namespaces.CheckAsync(objects, ns, cancellationToken).ConfigureAwait(false);
    }
}
