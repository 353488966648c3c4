using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Caching;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Comparing;

/// <summary>
/// Reads what is compared; a fan-out runs it for each cluster. An object that is not there is no fault, but a difference: what counts is whether a
/// cluster would have told of it.
/// </summary>
internal sealed class ComparisonReader(ComparisonQuery query)
{
    /// <summary>From so many names on, a list costs less than asking for each.</summary>
    private const int Crowd = 5;

    private readonly NameFilter _names = new(query.Names);
    private readonly KindChoices _choices = new();
    private readonly ConcurrentDictionary<(string ClusterId, string Kind, string? Namespace), ResourceKind> _read = new();

    /// <summary>What the user should know of the call, a sentence each.</summary>
    public IReadOnlyList<string> Remarks => [.. _choices.Remarks, .. VersionRemarks()];

    /// <summary>The exact names, of which at least one cluster should have an object.</summary>
    public IReadOnlyList<string> ExactNames => _names.Exact;

    /// <summary>Whether a cluster has told all that it has of something.</summary>
    public bool HasRead(string clusterId) => _read.Keys.Any(one => one.ClusterId == clusterId);

    /// <summary>Whether a side would have told of objects of a kind in a namespace, if it had them.</summary>
    public bool IsKnown(ComparedSide side, string kind, string? ns)
    {
        var wanted = side.Namespace ?? ns;
        return _read.Keys.Any(one => one.ClusterId == side.Cluster.ClusterId && one.Kind == kind && (wanted is null || one.Namespace is null || one.Namespace == wanted));
    }

    /// <summary>Writes one cluster's objects. What fails of it is written as a fault; the rest goes on.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task ReadAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var lists = new LiveLists(connection, call);
        var absent = new MissingNamespaces(call, sink);
        foreach (var text in query.Kinds)
        {
            try
            {
                var kinds = connection.Session.Kinds;
                var kind = await kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false);
                _choices.Take(text, connection.Identity, kind, kinds.Rivals(text, kind));
                foreach (var ns in NamespacesFor(kind, defaultNamespace))
                    await ReadAsync(connection, lists, kind, ns, defaultNamespace, absent, call, sink, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                await sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ReadAsync(
        ClusterConnection connection, LiveLists lists, ResourceKind kind, string? ns, string defaultNamespace, MissingNamespaces absent, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(connection, lists, kind, ns, absent, call, sink, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (ns is null && kind.Namespaced && e.Fault.Phase == FaultPhase.Forbidden)
        {
            var fallback = new NamespaceFallback(connection.Session.Objects, new FirstCount(null), call, sink);
            await fallback.ReadAsync(e.Fault, null, defaultNamespace, (one, stop) => ReadAsync(connection, lists, kind, one, absent, call, sink, stop), cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            await sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false); // the other namespaces may do
        }
    }

    private async Task ReadAsync(
        ClusterConnection connection, LiveLists lists, ResourceKind kind, string? ns, MissingNamespaces absent, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var isEmpty = true;
        if (!_names.NeedsList && _names.Exact.Count < Crowd && query.LabelSelector is null && query.FieldSelector is null && (ns is not null || !kind.Namespaced))
        {
            foreach (var name in _names.Exact)
            {
                var found = lists.Find(kind, ns) is { } cache
                    ? cache.Find(ns, name)
                    : await FindAsync(connection.Session.Objects, kind, ns, name, call, cancellationToken).ConfigureAwait(false);
                if (found is null)
                    continue;
                isEmpty = false;
                await sink.WriteAsync<KubeObject>([found], cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            var list = new ListQuery
            {
                Namespace = ns,
                Name = _names is { NeedsList: false, Exact: [var only] } ? only : null,
                LabelSelector = query.LabelSelector,
                FieldSelector = query.FieldSelector,
            };
            await foreach (var piece in lists.ListAsync(kind, list, cancellationToken).ConfigureAwait(false))
            {
                isEmpty &= piece.Count == 0;
                await sink.WriteAsync(_names.IsEmpty ? piece : [.. piece.Where(item => _names.Matches(item.Name))], cancellationToken).ConfigureAwait(false);
            }
        }

        if (isEmpty && ns is not null)
            await absent.CheckAsync(connection.Session.Objects, ns, cancellationToken).ConfigureAwait(false);
        _read[(connection.Identity.ClusterId, kind.Kind, ns)] = kind;
    }

    private static async Task<KubeObject?> FindAsync(ObjectLister objects, ResourceKind kind, string? ns, string name, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            return await objects.GetAsync(kind, ns, name, metadataOnly: false, call, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.NotFound)
        {
            return null;
        }
    }

    private IReadOnlyList<string?> NamespacesFor(ResourceKind kind, string defaultNamespace)
    {
        if (!kind.Namespaced || query.AllNamespaces)
            return [null];
        return query.Namespaces.Count == 0 ? [defaultNamespace] : query.Namespaces;
    }

    /// <summary>Clusters that serve a kind in other versions have other fields, which is no difference of the objects.</summary>
    private IEnumerable<string> VersionRemarks()
    {
        foreach (var kind in _read.Values.GroupBy(static one => one.Kind, StringComparer.Ordinal))
        {
            string[] versions = [.. kind.Select(static one => one.ApiVersion).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (versions.Length > 1)
                yield return $"{kind.First().Plural} are read as {NameList.Of(versions)}, as the clusters serve them: a field that one of the versions has may differ for that alone.";
        }
    }
}
