using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Workloads;

/// <summary>What keeps the revisions of a cluster's workloads: each kind is listed once per namespace, or once for all.</summary>
internal sealed class KeptRevisions(ClusterConnection connection, CallContext call, FanOutSink sink)
{
    private readonly Dictionary<(string Kind, string? Namespace), IReadOnlyList<KubeObject>> _lists = [];

    /// <summary>The revisions of a workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="ns">The namespace that is listed; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>None when they cannot be read, which has been told then.</returns>
    public async Task<IReadOnlyList<KubeRolloutRevision>> OfAsync(KubeObject workload, string? ns, CancellationToken cancellationToken)
    {
        var kind = workload.Kind == "Deployment" ? "replicasets.apps" : "controllerrevisions.apps";
        if (!_lists.TryGetValue((kind, ns), out var kept))
            _lists[(kind, ns)] = kept = await ListAsync(kind, ns, cancellationToken).ConfigureAwait(false);
        return RolloutHistory.Of(workload, kept);
    }

    private async Task<IReadOnlyList<KubeObject>> ListAsync(string text, string? ns, CancellationToken cancellationToken)
    {
        var kept = new List<KubeObject>();
        try
        {
            var kind = await connection.Session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false);
            await foreach (var piece in connection.Session.Objects.ListAsync(kind, new ListQuery { Namespace = ns }, call, cancellationToken).ConfigureAwait(false))
                kept.AddRange(piece);
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            await sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
        }

        return kept;
    }
}
