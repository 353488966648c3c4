using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Helm;

/// <summary>
/// Finds what one cluster keeps of Helm's releases, by metadata: in Secrets, and in ConfigMaps where Helm was told so (<c>HELM_DRIVER</c>).
/// What may not be read is a fault.
/// </summary>
internal sealed class ReleaseSearch(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink)
{
    private readonly MissingNamespaces _missing = new(call, sink);
    private readonly NamespaceFallback _fallback = new(connection.Session.Objects, new FirstCount(null), call, sink);

    /// <summary>False when something could not be looked at, which may hold what was not found.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>The revisions in some namespaces, or with null in all.</summary>
    /// <param name="namespaces">The namespaces.</param>
    /// <param name="name">The release's exact name, by which the server selects; null for all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task<IReadOnlyList<StoredRelease>> FindAsync(IReadOnlyList<string?> namespaces, string? name, CancellationToken cancellationToken)
    {
        var found = new List<StoredRelease>();
        foreach (var ns in namespaces)
        {
            var isEmpty = true;
            foreach (var isSecret in (bool[])[true, false])
                isEmpty &= !await TryAsync(isSecret, ns, name, found, cancellationToken).ConfigureAwait(false);
            if (isEmpty && ns is not null && name is null && IsComplete) // a name that is missing is told of anyway
                await _missing.CheckAsync(connection.Session.Objects, ns, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    private async Task<bool> TryAsync(bool isSecret, string? ns, string? name, List<StoredRelease> found, CancellationToken cancellationToken)
    {
        var before = found.Count;
        try
        {
            await ListAsync(isSecret, ns, name, found, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (ns is null && e.Fault.Phase == FaultPhase.Forbidden)
        {
            IsComplete &= await _fallback.ReadAsync(
                e.Fault, null, defaultNamespace, (one, stop) => ListAsync(isSecret, one, name, found, stop), cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            IsComplete = false;
            await sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
        }

        return found.Count > before;
    }

    private async Task ListAsync(bool isSecret, string? ns, string? name, List<StoredRelease> found, CancellationToken cancellationToken)
    {
        var kind = BuiltInKinds.All.First(one => one.Kind == (isSecret ? "Secret" : "ConfigMap"));
        var list = new ListQuery
        {
            Namespace = ns,
            LabelSelector = name is null || LabelSyntax.ValueProblem(name) is not null ? StoredRelease.Selector : $"{StoredRelease.Selector},name={name}",
            FieldSelector = isSecret ? "type=helm.sh/release.v1" : null,
            MetadataOnly = true,
        };
        await foreach (var piece in connection.Session.Objects.ListAsync(kind, list, call, cancellationToken).ConfigureAwait(false))
            found.AddRange(piece.Select(item => StoredRelease.Of(item, isSecret)).OfType<StoredRelease>());
    }
}
