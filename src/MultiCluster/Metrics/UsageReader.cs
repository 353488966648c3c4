using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Metrics;

/// <summary>
/// Reads what a cluster's nodes and pods use (<c>metrics.k8s.io</c>). What has not been measured yet, or does not run, is not there. A cluster
/// is not asked first whether it has a metrics-server: one that has none says so.
/// </summary>
internal sealed class UsageReader(ClusterConnection connection, CallContext call)
{
    private static readonly ResourceKind Nodes = Kind("NodeMetrics", "nodes", namespaced: false);
    private static readonly ResourceKind Pods = Kind("PodMetrics", "pods", namespaced: true);

    /// <summary>What the nodes use.</summary>
    /// <exception cref="FaultException">The cluster has no metrics-server (KindNotFound), one that is down (Server), or does not let the user read it.</exception>
    public Task<IReadOnlyList<KubeNodeMetrics>> NodesAsync(string? labelSelector, CancellationToken cancellationToken) =>
        ListAsync<KubeNodeMetrics>(Nodes, new ListQuery { LabelSelector = labelSelector }, cancellationToken);

    /// <summary>What the pods of a namespace use, or with null those of the whole cluster.</summary>
    /// <inheritdoc cref="NodesAsync"/>
    public Task<IReadOnlyList<KubePodMetrics>> PodsAsync(string? ns, string? labelSelector, CancellationToken cancellationToken) =>
        ListAsync<KubePodMetrics>(Pods, new ListQuery { Namespace = ns, LabelSelector = labelSelector }, cancellationToken);

    /// <summary>What a node uses; null when that is not known.</summary>
    /// <inheritdoc cref="NodesAsync"/>
    public async Task<KubeNodeMetrics?> NodeAsync(string name, CancellationToken cancellationToken) =>
        (KubeNodeMetrics?)await GetAsync(Nodes, null, name, cancellationToken).ConfigureAwait(false);

    /// <summary>What a pod uses; null when that is not known.</summary>
    /// <inheritdoc cref="NodesAsync"/>
    public async Task<KubePodMetrics?> PodAsync(string? ns, string name, CancellationToken cancellationToken) =>
        (KubePodMetrics?)await GetAsync(Pods, ns, name, cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<T>> ListAsync<T>(ResourceKind kind, ListQuery query, CancellationToken cancellationToken)
        where T : KubeObject
    {
        try
        {
            var found = new List<T>();
            await foreach (var piece in connection.Session.Objects.ListAsync(kind, query, call, cancellationToken).ConfigureAwait(false))
                found.AddRange(piece.Cast<T>());
            return found;
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.KindNotFound)
        {
            throw new FaultException(WithoutServer(e.Fault));
        }
    }

    private async Task<KubeObject?> GetAsync(ResourceKind kind, string? ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.Session.Objects.GetAsync(kind, ns, name, metadataOnly: false, call, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.NotFound)
        {
            return null;
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.KindNotFound)
        {
            throw new FaultException(WithoutServer(e.Fault));
        }
    }

    private static Fault WithoutServer(Fault fault) => fault with
    {
        Detail = "the cluster serves no metrics (metrics.k8s.io/v1beta1)",
        Advice = "Install metrics-server on it, or leave it out with -Cluster.",
    };

    private static ResourceKind Kind(string kind, string plural, bool namespaced) =>
        new() { Group = "metrics.k8s.io", Version = "v1beta1", Kind = kind, Plural = plural, Singular = "", Namespaced = namespaced };
}
