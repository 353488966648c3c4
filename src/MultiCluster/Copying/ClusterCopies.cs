using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Copying.Local;
using MultiCluster.Exec;
using MultiCluster.FanOut;
using MultiCluster.Pods;
using MultiCluster.Resources;

namespace MultiCluster.Copying;

/// <summary>One cluster's part in a call that copies.</summary>
internal sealed class ClusterCopies : TargetCluster
{
    /// <summary>An archive may hold many things that are left out.</summary>
    private const int MostWarnings = 20;

    private readonly CopyCall _call;
    private readonly ContainerSearch _search;
    private readonly PodCopy _copy;

    public ClusterCopies(ClusterConnection connection, string defaultNamespace, CallContext context, CopyCall call, FanOutSink sink)
        : base(new WatchedCluster(connection, defaultNamespace, context, call.Watch, sink), call.Targets)
    {
        _call = call;
        _search = new ContainerSearch(this, call.Containers, call.Query.Container, call.InWords);
        _copy = new PodCopy(connection, context, call);
    }

    /// <summary>Copies until it is done with every pod.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var targets = await _search.FindAsync(anyPod: false, cancellationToken).ConfigureAwait(false);
        _call.Found(targets.Count);
        await Parallel.ForEachAsync(targets, new ParallelOptions { MaxDegreeOfParallelism = _call.Query.AtOnce, CancellationToken = cancellationToken }, async (target, stop) =>
        {
            var (result, skipped, remarks) = await _copy.RunAsync(target, stop).ConfigureAwait(false);
            _call.Ended();
            Sink.Keep(result);
            await TellAsync(target, skipped, remarks, stop).ConfigureAwait(false);
            await Sink.WriteAsync<KubeCopyResult>([result], stop).ConfigureAwait(false);
            if (result.Fault is { } fault)
                await FaultAsync(fault, target.Pod, stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private async ValueTask TellAsync(CommandTarget target, SkippedFiles skipped, IReadOnlyList<string> remarks, CancellationToken cancellationToken)
    {
        var pod = $"{target.Namespace}/{target.Pod.Name}";
        string[] warnings =
        [
            .. skipped.All.Take(MostWarnings).Select(one => $"{pod}: {one.Path} was skipped: {one.Reason}."),
            .. skipped.Count > MostWarnings ? [$"{pod}: {skipped.Count - MostWarnings} more were skipped; the result's Skipped names them."] : Array.Empty<string>(),
            .. remarks.Select(remark => $"{pod}: {remark}."),
        ];
        foreach (var warning in warnings)
            await Sink.NoticeAsync(NoticeLevel.Warning, warning, cancellationToken).ConfigureAwait(false);
    }
}
