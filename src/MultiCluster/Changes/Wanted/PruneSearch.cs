using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Changes.Wanted;

/// <summary>
/// Finds what earlier applies have made that the present one does not: objects in the namespaces of the call, of its kinds and of those that
/// kubectl prunes, with the labels of the call, which this module has applied and which are not among what is applied now. Nothing else is ever
/// pruned: no namespace that the call does not name, and nothing that others have made.
/// </summary>
internal sealed class PruneSearch(IReadOnlyList<ObjectChange> changes, string labelSelector)
{
    /// <summary>The namespaced kinds of kubectl's own list (<c>kubectl apply --prune</c>): one of which nothing is left in the call is looked for, too.</summary>
    private static readonly (string ApiVersion, string Kind)[] Usual =
    [
        ("v1", "ConfigMap"), ("v1", "PersistentVolumeClaim"), ("v1", "Pod"), ("v1", "Secret"), ("v1", "Service"), ("batch/v1", "Job"), ("batch/v1", "CronJob"),
        ("networking.k8s.io/v1", "Ingress"), ("apps/v1", "DaemonSet"), ("apps/v1", "Deployment"), ("apps/v1", "ReplicaSet"), ("apps/v1", "StatefulSet"),
    ];

    /// <summary>Writes one cluster's objects.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task FindAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var mine = changes.Where(change => change.ClusterId is null || change.ClusterId == connection.Identity.ClusterId).ToList();
        var kinds = mine.ToLookup(static change => (change.Group, change.Kind)); // an object is the same in every version
        string?[] namespaces = [.. mine.Select(change => change.Namespace ?? defaultNamespace).Distinct()];
        foreach (var (version, name) in kinds.Select(static kind => (kind.First().ApiVersion, kind.Key.Kind)).Concat(Usual.Where(usual => !kinds.Contains((GroupOf(usual.ApiVersion), usual.Kind)))))
        {
            try
            {
                var served = await connection.Session.Kinds.ResolveAsync($"{version}/{name}", cancellationToken).ConfigureAwait(false);
                var kept = kinds[(served.Group, name)].Select(change => (served.Namespaced ? change.Namespace ?? defaultNamespace : null, change.Name)).ToHashSet();
                foreach (var ns in served.Namespaced ? namespaces : [null])
                    await FindAsync(connection, served, ns, kept, call, sink, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (e.Fault.Phase is FaultPhase.KindNotFound or FaultPhase.NotFound)
            {
                // A kind that is not there yet has no objects.
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                await sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static string GroupOf(string version) => version.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? version[..slash] : "";

    private async Task FindAsync(
        ClusterConnection connection, ResourceKind kind, string? ns, HashSet<(string?, string)> kept, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var query = new ListQuery { Namespace = ns, LabelSelector = labelSelector, MetadataOnly = true };
        await foreach (var piece in connection.Session.Objects.ListAsync(kind, query, call, cancellationToken).ConfigureAwait(false))
            await sink.WriteAsync<KubeObject>([.. piece.Where(item => !kept.Contains((item.Namespace, item.Name)) && IsOurs(item))], cancellationToken).ConfigureAwait(false);
    }

    private static bool IsOurs(KubeObject item)
    {
        if (item.MetadataJson["deletionTimestamp"u8].Exists)
            return false;
        foreach (var entry in item.MetadataJson["managedFields"u8].Elements)
        {
            if (entry["operation"u8].Is("Apply"u8) && entry["manager"u8].AsString() == ObjectWriter.FieldManager)
                return true;
        }

        return false;
    }
}
