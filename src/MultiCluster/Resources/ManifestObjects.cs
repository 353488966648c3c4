using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Manifests;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>
/// Finds the objects that manifests describe, by kind, namespace and name; a fan-out runs it for each cluster. Its objects are the
/// <see cref="KubeObject"/>s, of which the metadata is read. One that is not there is told, and is no fault.
/// </summary>
/// <param name="manifests">The manifests.</param>
/// <param name="ns">The namespace of those that name none; null for the one that the user works in.</param>
internal sealed class ManifestObjects(IReadOnlyList<Manifest> manifests, string? ns)
{
    /// <summary>Objects of one cluster that are asked for at once; the cluster's own limits hold besides.</summary>
    private const int AtOnce = 8;

    /// <summary>Finds the objects of a cluster.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task FindAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var kinds = new ReferenceKinds(new ReferenceQuery(), connection, sink);
        var found = new List<ResolvedReference>();
        foreach (var manifest in manifests)
        {
            var reference = new ObjectReference
            {
                ClusterId = connection.Identity.ClusterId,
                Kind = manifest.Kind,
                ApiVersion = manifest.ApiVersion,
                Namespace = manifest.Namespace ?? ns ?? defaultNamespace,
                Name = manifest.Name!,
            };
            if (await kinds.ResolveAsync(reference, cancellationToken).ConfigureAwait(false) is { } resolved)
                found.Add(resolved);
        }

        await Parallel.ForEachAsync(found, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, ReadAsync).ConfigureAwait(false);

        async ValueTask ReadAsync(ResolvedReference resolved, CancellationToken stop)
        {
            try
            {
                using var use = connection.Use();
                var item = await connection.Session.Objects.GetAsync(resolved.Kind, resolved.Namespace, resolved.Reference.Name, metadataOnly: true, call, stop).ConfigureAwait(false);
                await sink.WriteAsync<KubeObject>([item], stop).ConfigureAwait(false);
            }
            catch (FaultException e) when (e.Fault.Phase == FaultPhase.NotFound)
            {
                await sink.NoticeAsync(NoticeLevel.Verbose, $"there is no {resolved.Kind.Singular} {resolved.Reference.Name}{(resolved.Namespace is null ? "" : $" in namespace {resolved.Namespace}")}", stop).ConfigureAwait(false);
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                await sink.FaultAsync(e.Fault, resolved.Reference, stop).ConfigureAwait(false);
            }
        }
    }
}
