using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Pods;

/// <summary>
/// Finds the pods that a call means on many clusters, of each workload, Service, node and selector the readiest. One for the whole call: a fan-out
/// runs <see cref="FindAsync"/> for each cluster; its objects are <see cref="KubePod"/>s.
/// </summary>
internal sealed class PodCall(PodQuery query, int clusters, TimeProvider time) : IDisposable
{
    private readonly PodTargets _targets = new(query);
    private readonly WatchCall _watch = new(null, null, clusters, time, Random.Shared.NextDouble);

    /// <summary>Writes one cluster's pods.</summary>
    public async Task FindAsync(ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken)
    {
        var cluster = new TargetCluster(new WatchedCluster(connection, defaultNamespace, context, _watch, sink), _targets);
        var found = await new PodSearch(cluster, new PodFinder(cluster), cancellationToken).FindNowAsync().ConfigureAwait(false);
        await sink.WriteAsync<KubePod>([.. ReadyPods.OneOfEach(found).Select(static one => one.Pod)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the call's clock.</summary>
    public void Dispose() => _watch.Dispose();
}
