using System.Collections.Concurrent;
using MultiCluster.Access;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Finding;

/// <summary>
/// Searches one cluster's objects, kind by kind. Where a kind may not be listed in the whole cluster, those namespaces are searched of which
/// the user's rules say that it may be: a question for each namespace, and not a request for each kind in each.
/// </summary>
internal sealed class KindSearch(
    FindQuery query, NameFilter names, FirstCount first, ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, UnreadKinds unread)
{
    /// <summary>Namespaces that are searched one by one.</summary>
    private const int MostNamespaces = 100;

    /// <summary>Exact names for each of which a list is asked for.</summary>
    private const int SelectedNames = 2;

    /// <summary>Namespaces that are named in a reason.</summary>
    private const int Named = 10;

    private readonly ConcurrentDictionary<string, bool> _found = new(StringComparer.Ordinal);
    private readonly Lazy<Task<IReadOnlyList<string>>> _namespaces = new(() => NamespacesAsync(connection, defaultNamespace, call));

    /// <summary>Writes the objects of one kind that are looked for.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task FindAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        if (query.Namespaces.Count > 0)
        {
            foreach (var ns in query.Namespaces)
                await TryAsync(kind, ns, cancellationToken).ConfigureAwait(false);
        }
        else if (await TryAsync(kind, null, cancellationToken).ConfigureAwait(false) is { Phase: FaultPhase.Forbidden } && kind.Namespaced)
        {
            await FindByNamespaceAsync(kind, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The fault of a kind that could not be searched, which is kept; null when it was.</summary>
    private async Task<Fault?> TryAsync(ResourceKind kind, string? ns, CancellationToken cancellationToken)
    {
        try
        {
            await ListAsync(kind, ns, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            // Forbidden everywhere is told when it is known where it is allowed.
            if (e.Fault.Phase != FaultPhase.Forbidden || ns is not null || !kind.Namespaced)
                unread.Add(ns is null ? kind.Resource : $"{kind.Resource} in namespace {ns}", e.Fault.Detail, e.Fault.Phase == FaultPhase.Forbidden);
            return e.Fault;
        }
    }

    private async Task FindByNamespaceAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        var all = await _namespaces.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        var reviews = AccessReviews.Of(connection);
        var searched = new List<string>();
        foreach (var ns in all.Take(MostNamespaces))
        {
            if (first.IsReached)
                return;
            try
            {
                if (!(await reviews.AskAsync(AccessQuestion.Of("list", kind, ns, null, null), call, cancellationToken).ConfigureAwait(false)).Allowed)
                    continue;
                await ListAsync(kind, ns, cancellationToken).ConfigureAwait(false);
                searched.Add(ns);
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                // It is not among those that were searched.
            }
        }

        var where = searched.Count == 0 ? "" : $"; searched in {string.Join(", ", searched.Take(Named))}{(searched.Count > Named ? $" and {searched.Count - Named} more namespaces" : "")}";
        var cut = all.Count > MostNamespaces ? $"; of {all.Count} namespaces {MostNamespaces} were tried" : "";
        unread.Add(kind.Resource, $"may not be listed in all namespaces{where}{cut}", isForbidden: true);
    }

    /// <summary>The server selects by a name or two; of more of them, and of patterns, everything is listed once.</summary>
    private async Task ListAsync(ResourceKind kind, string? ns, CancellationToken cancellationToken)
    {
        if (names.NeedsList || names.Exact.Count > SelectedNames)
        {
            await ListAsync(kind, ns, null, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var name in names.Exact)
            await ListAsync(kind, ns, name, cancellationToken).ConfigureAwait(false);
    }

    private async Task ListAsync(ResourceKind kind, string? ns, string? name, CancellationToken cancellationToken)
    {
        if (first.IsReached)
            return;
        var list = new ListQuery { Namespace = ns, Name = name, LabelSelector = query.LabelSelector, MetadataOnly = true };
        await foreach (var piece in connection.Session.Objects.ListAsync(kind, list, call, cancellationToken).ConfigureAwait(false))
        {
            // The same object may be served in two groups; and some extension servers take no notice of field selectors.
            KubeObject[] found = [.. piece.Where(item => names.Matches(item.Name) && (item.Uid is null || _found.TryAdd(item.Uid, true)))];
            var taken = first.Take(found.Length);
            await sink.WriteAsync<KubeObject>(taken == found.Length ? found : found[..taken], cancellationToken).ConfigureAwait(false);
            if (first.IsReached)
                return;
        }
    }

    /// <summary>The cluster's namespaces; the user's own alone where they may not be listed.</summary>
    private static async Task<IReadOnlyList<string>> NamespacesAsync(ClusterConnection connection, string defaultNamespace, CallContext call) =>
        await NamespaceNames.OfAsync(connection.Session.Objects, call, connection.Disconnected).ConfigureAwait(false) ?? [defaultNamespace];
}
