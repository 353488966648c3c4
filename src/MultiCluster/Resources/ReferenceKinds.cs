using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>A reference of which it is known what its cluster serves for it.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Item">The object as it was read before, where it was.</param>
internal sealed record ResolvedReference(ObjectReference Reference, ResourceKind Kind, KubeObject? Item = null)
{
    /// <summary>Its namespace; null for kinds of the whole cluster.</summary>
    public string? Namespace => Kind.Namespaced ? Reference.Namespace : null;
}

/// <summary>Finds the kinds of one cluster's references. Whatever lacks something, or does not fit what is asked for, is a fault; the others go on.</summary>
internal sealed class ReferenceKinds(ReferenceQuery query, ClusterConnection connection, FanOutSink sink)
{
    private readonly Dictionary<string, ResourceKind?> _found = new(StringComparer.OrdinalIgnoreCase);
    private List<ResourceKind>? _wanted;

    /// <summary>The reference with its kind; null when it has become a fault.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async ValueTask<ResolvedReference?> ResolveAsync(ObjectReference reference, CancellationToken cancellationToken)
    {
        try
        {
            var wanted = _wanted ??= await WantedAsync(cancellationToken).ConfigureAwait(false);
            if (query.Kinds.Count > 0 && wanted.Count == 0)
                return null; // that the cluster does not serve them has been told
            if (Names(reference) is not { } names)
                throw new FaultException(ReferenceFaults.NoKind(reference));
            if (await FindAsync(names, cancellationToken).ConfigureAwait(false) is not { } kind)
                return null;
            if (query.Kinds.Count > 0 && !wanted.Exists(one => one.Group == kind.Group && one.Kind == kind.Kind))
                throw new FaultException(ReferenceFaults.OfAnotherKind(reference, kind, wanted));
            Check(reference, kind);
            return new(reference, kind);
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            await sink.FaultAsync(e.Fault, reference, cancellationToken).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Names go into addresses: none may lead out of its own place.</summary>
    private static void Check(ObjectReference reference, ResourceKind kind)
    {
        ResourceName.Check(reference.Name);
        if (!kind.Namespaced)
            return;
        ResourceName.CheckNamespace(reference.Namespace ?? throw new FaultException(ReferenceFaults.NoNamespace(reference, kind)));
    }

    private string[]? Names(ObjectReference reference)
    {
        if (reference.Kind is not { } kind)
            return (query.DefaultKind ?? (query.Kinds is [var only] ? only : null)) is { } own ? [own] : null;
        if (reference.ApiVersion is not { } version)
            return [kind];

        // The version is that in which it was read; the cluster may serve its kind in another by now.
        var slash = version.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? [$"{version}/{kind}"] : [$"{version}/{kind}", $"{kind}.{version[..slash]}"];
    }

    private async Task<List<ResourceKind>> WantedAsync(CancellationToken cancellationToken)
    {
        var wanted = new List<ResourceKind>();
        foreach (var text in query.Kinds)
        {
            if (await FindAsync([text], cancellationToken).ConfigureAwait(false) is { } kind)
                wanted.Add(kind);
        }

        return wanted;
    }

    /// <summary>The kind that the first of some names means; null when the cluster serves none, which is told once.</summary>
    private async ValueTask<ResourceKind?> FindAsync(string[] names, CancellationToken cancellationToken)
    {
        if (_found.TryGetValue(names[0], out var known))
            return known;
        ResourceKind? found = null;
        Fault? missing = null;
        foreach (var name in names)
        {
            try
            {
                found = await connection.Session.Kinds.ResolveAsync(name, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (FaultException e) when (e.Fault.Phase == FaultPhase.KindNotFound)
            {
                missing ??= e.Fault;
            }
        }

        _found[names[0]] = found;
        if (found is null)
            await sink.FaultAsync(missing!, names[0], cancellationToken).ConfigureAwait(false);
        return found;
    }
}
