using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Pods;
using MultiCluster.Resources;

namespace MultiCluster.Exec;

/// <summary>One cluster's part in a call that runs a command.</summary>
internal sealed class ClusterCommands : TargetCluster
{
    private readonly CommandCall _call;
    private readonly ContainerSearch _search;
    private readonly PodCommand _command;

    public ClusterCommands(ClusterConnection connection, string defaultNamespace, CallContext context, CommandCall call, FanOutSink sink)
        : base(new WatchedCluster(connection, defaultNamespace, context, call.Watch, sink), call.Targets)
    {
        _call = call;
        _search = new ContainerSearch(this, call.Containers, call.Query.Container, $"run '{PodCommand.Shown(call.Query)}' in");
        _command = new PodCommand(connection, context, call.Query, sink);
    }

    /// <summary>Runs the command until it has ended everywhere.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var targets = await _search.FindAsync(_call.Query.AnyPod, cancellationToken).ConfigureAwait(false);
        _call.Found(targets.Count);
        await Parallel.ForEachAsync(targets, new ParallelOptions { MaxDegreeOfParallelism = _call.Query.AtOnce, CancellationToken = cancellationToken }, async (target, stop) =>
        {
            var result = await _command.RunAsync(target, stop).ConfigureAwait(false);
            _call.Ended();
            if (result.Fault is { } fault)
                await FaultAsync(fault, target.Pod, stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }
}
