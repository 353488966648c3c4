using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Pods;
using MultiCluster.Resources;

namespace MultiCluster.Debugging;

/// <summary>One cluster's part in a call that debugs pods.</summary>
internal sealed class ClusterPodDebug : TargetCluster
{
    private readonly PodDebugCall _call;
    private readonly PodDebug _debug;

    public ClusterPodDebug(ClusterConnection connection, string defaultNamespace, CallContext context, PodDebugCall call, FanOutSink sink)
        : base(new WatchedCluster(connection, defaultNamespace, context, call.Watch, sink), call.Targets)
    {
        _call = call;
        _debug = new PodDebug(connection, context, call.Query, sink);
    }

    /// <summary>Adds the container to each pod, and does there what is to be done.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken).ConfigureAwait(false);
        _call.Found(found.Count);
        if (_call.Query.Options.Attach is not null && found.Count > 1)
            throw DebugFaults.TooMany("pod", $"{found.Count}");
        await Parallel.ForEachAsync(found, new ParallelOptions { MaxDegreeOfParallelism = _call.Query.Options.AtOnce, CancellationToken = cancellationToken }, async (one, stop) =>
        {
            var result = await _debug.RunAsync(one.Pod, stop).ConfigureAwait(false);
            _call.Ended();
            if (result.Fault is { } fault)
                await FaultAsync(fault, one.Pod, stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<FoundPod>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<FoundPod>();
        foreach (var one in await new PodSearch(this, new PodFinder(this), cancellationToken).FindNowAsync().ConfigureAwait(false))
        {
            if (one.Pod.Phase is "Succeeded" or "Failed" && !one.IsNamed)
                Context.Say?.Invoke($"Pod {one.Pod.Namespace}/{one.Pod.Name} has ended ({one.Pod.Phase}): nothing starts in it.");
            else
                found.Add(one);
        }

        return found;
    }
}
