using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Logs.Streams;

/// <summary>Watches the pods of a scope and tells <see cref="FollowedPods"/> of them.</summary>
internal sealed class PodWatch(LogCluster cluster, PodScope scope, FollowedPods pods)
{
    private readonly HashSet<string> _strangers = new(StringComparer.Ordinal);
    private readonly List<KubePod> _first = [];

    /// <summary>True once the pods that there are have been listed.</summary>
    public bool WasListed { get; private set; }

    /// <summary>Watches until it cannot go on; returns why.</summary>
    /// <param name="listed">Is told when the pods that there are are known, or that they cannot be known for now.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public Task<WatchStep.End> RunAsync(Action listed, CancellationToken cancellationToken)
    {
        var target = new WatchTarget { Cluster = cluster.Connection.Identity, Kind = PodFinder.PodKind, Query = scope.Query, Names = scope.Names, Call = cluster.Context };
        var watch = new ClusterWatch(cluster.Connection, target) { Time = cluster.Call.Time, Random = cluster.Call.Random, Turn = cluster.Sink.TurnAsync };
        return watch.RunAsync(
            async batch =>
            {
                foreach (var output in batch.Outputs)
                    await TakeAsync(output, listed, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private async ValueTask TakeAsync(WatchOutput output, Action listed, CancellationToken cancellationToken)
    {
        switch (output)
        {
            case WatchChange { Type: WatchEventType.Deleted, Object: KubePod gone }:
                _strangers.Remove(gone.Uid ?? "");
                pods.Remove(gone);
                break;
            case WatchChange { Object: KubePod pod } change:
                await PutAsync(pod, change.Initial, cancellationToken).ConfigureAwait(false);
                break;
            case WatchSignal { Type: WatchNoticeType.Connected }:
                WasListed = true;
                cluster.Answers();
                await cluster.Pods.CheckAsync(scope, _first, cancellationToken).ConfigureAwait(false);
                _first.Clear();
                listed();
                break;
            case WatchSignal { Type: WatchNoticeType.Interrupted, Fault: { } fault }:
                await cluster.Outage.BrokeAsync(this, fault, null, cancellationToken).ConfigureAwait(false);
                break;
            case WatchSignal { Type: WatchNoticeType.Resumed }:
                cluster.Answers();
                await cluster.Outage.OverAsync(this, cancellationToken).ConfigureAwait(false);
                break;
            case WatchTrouble { Fault: var trouble }:
                await cluster.FaultAsync(LogFaults.GoesOn(trouble), null, cancellationToken).ConfigureAwait(false);
                listed();
                break;
        }
    }

    private async ValueTask PutAsync(KubePod pod, bool initial, CancellationToken cancellationToken)
    {
        var uid = pod.Uid ?? "";
        if (!pods.Has(pod) && (_strangers.Contains(uid) || !await IsMeantAsync(pod, cancellationToken).ConfigureAwait(false)))
        {
            _strangers.Add(uid);
            return;
        }

        pods.Put(pod, watched: true, initial);
        if (initial)
            _first.Add(pod);
    }

    /// <summary>Whose pod it is must be known, however long that takes.</summary>
    private Task<bool> IsMeantAsync(KubePod pod, CancellationToken cancellationToken) =>
        cluster.PersistAsync(() => cluster.Pods.IsMeantAsync(scope, pod, cancellationToken).AsTask(), cancellationToken);
}
