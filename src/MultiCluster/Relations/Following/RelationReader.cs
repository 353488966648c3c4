using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Relations.Following;

/// <summary>Reads the relations of a cluster's objects; a fan-out runs it for each cluster. Its objects are <see cref="KubeRelation"/>s, tree after tree.</summary>
internal sealed class RelationReader
{
    private readonly RelationQuery _query;
    private readonly NameFilter _names;
    private readonly ILookup<string, ObjectReference> _references;

    /// <exception cref="FaultException">A name can be none (Invalid).</exception>
    public RelationReader(RelationQuery query)
    {
        _query = query;
        _names = new NameFilter(query.Names);
        _references = query.References.Distinct().ToLookup(static one => one.ClusterId, StringComparer.Ordinal);
    }

    /// <summary>Writes the relations of one cluster's objects. What may not be read is a warning, since what is said of an object may be there.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task ReadAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var objects = new RelationObjects(connection, call, cancellationToken);
        var tree = new RelationTree(_query, new RelationSteps(objects));
        if (_query.Kind is null)
        {
            var kinds = new ReferenceKinds(new ReferenceQuery(), connection, sink);
            foreach (var reference in _references[connection.Identity.ClusterId])
            {
                if (await kinds.ResolveAsync(reference, cancellationToken).ConfigureAwait(false) is { } resolved)
                    await TryAsync(() => WriteAsync(connection, resolved.Kind, resolved.Namespace, reference.Name, tree, call, sink, cancellationToken), reference, sink, cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            await TryAsync(() => ReadKindAsync(connection, defaultNamespace, tree, call, sink, cancellationToken), null, sink, cancellationToken).ConfigureAwait(false);
        }

        await TellAsync(tree, objects, sink, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadKindAsync(ClusterConnection connection, string defaultNamespace, RelationTree tree, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var kind = await connection.Session.Kinds.ResolveAsync(_query.Kind!, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string?> everywhere = [null];
        var namespaces = !kind.Namespaced || _query.AllNamespaces ? everywhere : _query.Namespaces.Count == 0 ? [defaultNamespace] : _query.Namespaces;
        foreach (var ns in namespaces)
        {
            if (!_names.NeedsList && (ns is not null || !kind.Namespaced))
            {
                foreach (var name in _names.Exact)
                    await TryAsync(() => WriteAsync(connection, kind, ns, name, tree, call, sink, cancellationToken), name, sink, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var list = new ListQuery { Namespace = ns, Name = _names is { NeedsList: false, Exact: [var only] } ? only : null };
            var missing = _names.Exact.ToHashSet(StringComparer.Ordinal);
            await TryAsync(
                async () =>
                {
                    await foreach (var piece in connection.Session.Objects.ListAsync(kind, list, call, cancellationToken).ConfigureAwait(false))
                    {
                        foreach (var item in piece.Where(item => _names.Matches(item.Name)).TakeWhile(_ => !tree.IsCut))
                        {
                            missing.Remove(item.Name);
                            await sink.WriteAsync(await tree.OfAsync(item).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                        }

                        if (tree.IsCut)
                            return; // what has not been looked at may hold them
                    }

                    foreach (var name in missing)
                        await sink.FaultAsync(MissingName.Fault(kind, ns, name, false), name, cancellationToken).ConfigureAwait(false);
                },
                null,
                sink,
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(
        ClusterConnection connection, ResourceKind kind, string? ns, string name, RelationTree tree, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        if (tree.IsCut)
            return;
        var item = await connection.Session.Objects.GetAsync(kind, ns, name, metadataOnly: false, call, cancellationToken).ConfigureAwait(false);
        await sink.WriteAsync(await tree.OfAsync(item).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private static async Task TryAsync(Func<Task> part, object? target, FanOutSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await part().ConfigureAwait(false);
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            await sink.FaultAsync(e.Fault, target, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(RelationTree tree, RelationObjects objects, FanOutSink sink, CancellationToken cancellationToken)
    {
        foreach (var fault in objects.Faults)
            await sink.FaultAsync(fault, null, cancellationToken).ConfigureAwait(false);
        string[] texts =
        [
            .. tree.IsCut ? [$"there are more than {_query.Limit} relations, and the rest was left out: raise -Limit, or lower -Depth"] : (string[])[],
            .. objects.Forbidden.Count > 0 ? [$"relations may be missing, since you may not list {NameList.Of(objects.Forbidden)}"] : (string[])[],
            .. objects.Cut.Count > 0 ? [$"relations may be missing, since of {NameList.Of(objects.Cut)} only the first were looked at"] : (string[])[],
        ];
        foreach (var text in texts)
            await sink.NoticeAsync(NoticeLevel.Warning, text, cancellationToken).ConfigureAwait(false);
    }
}
