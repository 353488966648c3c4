using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>
/// Reads the namespaces of one cluster. Where they are forbidden, OpenShift's Projects take their place, which are the namespaces that the user
/// may see; where there are none, the cluster's own word on namespaces stands.
/// </summary>
internal sealed class NamespaceReader(IReadOnlyList<string> names, string? labelSelector)
{
    private static readonly ResourceKind Namespaces = BuiltInKinds.All.First(static kind => kind.Kind == "Namespace");

    private readonly NameFilter _names = new(names);

    /// <summary>Writes one cluster's namespaces. A name that is not there is a fault; the others go on.</summary>
    /// <exception cref="FaultException">The cluster does not answer, or does not tell its namespaces.</exception>
    public async Task ReadAsync(ClusterConnection connection, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var objects = connection.Session.Objects;
        if (_names.NeedsList || labelSelector is not null)
        {
            await OfEitherAsync(kind => ListAsync(objects, kind, call, sink, cancellationToken)).ConfigureAwait(false);
            return;
        }

        foreach (var name in _names.Exact)
        {
            try
            {
                await OfEitherAsync(async kind => await WriteAsync(
                    [await objects.GetAsync(kind, null, name, metadataOnly: false, call, cancellationToken).ConfigureAwait(false)], sink, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                await sink.FaultAsync(e.Fault, name, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task OfEitherAsync(Func<ResourceKind, Task> read)
    {
        try
        {
            await read(Namespaces).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            try
            {
                await read(Projects.Kind).ConfigureAwait(false);
            }
            catch (FaultException other) when (!ClusterFaults.IsOfCluster(other.Fault))
            {
                throw new FaultException(e.Fault);
            }
        }
    }

    private async Task ListAsync(ObjectLister objects, ResourceKind kind, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var missing = _names.Exact.ToHashSet(StringComparer.Ordinal);
        await foreach (var piece in objects.ListAsync(kind, new ListQuery { LabelSelector = labelSelector }, call, cancellationToken).ConfigureAwait(false))
        {
            KubeObject[] wanted = [.. piece.Where(item => _names.Matches(item.Name))];
            missing.ExceptWith(wanted.Select(static item => item.Name));
            await WriteAsync(wanted, sink, cancellationToken).ConfigureAwait(false);
        }

        foreach (var name in _names.Exact.Where(missing.Contains))
            await sink.FaultAsync(MissingName.Fault(kind, null, name, labelSelector is not null), name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A Project says of its namespace what that says of itself.</summary>
    private static ValueTask WriteAsync(KubeObject[] found, FanOutSink sink, CancellationToken cancellationToken) =>
        sink.WriteAsync<KubeObject>([.. found.Select(static item => item is KubeProject project ? new KubeNamespace(project.Content) : item)], cancellationToken);
}
