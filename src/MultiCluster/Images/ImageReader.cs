using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Caching;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Images;

/// <summary>Reads which images pods use; a fan-out runs it for each cluster. Its objects are <see cref="ImagePart"/>s, one of a cluster.</summary>
/// <param name="namespaces">The namespaces; the cluster's default when there is none.</param>
/// <param name="everywhere">Reads all namespaces.</param>
/// <param name="labelSelector">The labels of the pods.</param>
internal sealed class ImageReader(IReadOnlyList<string> namespaces, bool everywhere, string? labelSelector)
{
    private static readonly ResourceKind PodKind = BuiltInKinds.All.First(static kind => kind is { Group: "", Kind: "Pod" });

    /// <summary>Writes a cluster's images.</summary>
    /// <exception cref="FaultException">The cluster does not answer, or its pods may not be read.</exception>
    public async Task ReadAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var part = new ImagePart(connection.Identity);
        var lists = new LiveLists(connection, call);
        var absent = new MissingNamespaces(call, sink);
        IReadOnlyList<string?> all = [null];
        foreach (var ns in everywhere ? all : namespaces.Count == 0 ? [defaultNamespace] : namespaces)
        {
            try
            {
                await ReadAsync(ns, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (ns is null && e.Fault.Phase == FaultPhase.Forbidden)
            {
                var fallback = new NamespaceFallback(connection.Session.Objects, new FirstCount(null), call, sink);
                await fallback.ReadAsync(e.Fault, null, defaultNamespace, ReadAsync, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (ns is not null && !ClusterFaults.IsOfCluster(e.Fault))
            {
                await sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
            }
        }

        await sink.WriteAsync<ImagePart>([part], cancellationToken).ConfigureAwait(false);

        async Task ReadAsync(string? ns, CancellationToken stop)
        {
            var isEmpty = true;
            await foreach (var piece in lists.ListAsync(PodKind, new ListQuery { Namespace = ns, LabelSelector = labelSelector }, stop).ConfigureAwait(false))
            {
                isEmpty &= piece.Count == 0;
                foreach (var pod in piece.OfType<KubePod>())
                    part.Add(pod);
            }

            if (isEmpty && ns is not null)
                await absent.CheckAsync(connection.Session.Objects, ns, stop).ConfigureAwait(false);
        }
    }
}
