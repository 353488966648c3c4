using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>Why the watch of a namespace, or of a whole cluster, has ended.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Worked">True when its objects had been listed before.</param>
internal readonly record struct WatchEnd(Fault Fault, bool Worked);

/// <summary>The watches of one kind of a cluster, side by side: one for the whole cluster, or one per namespace.</summary>
internal sealed class WatchedNamespaces(WatchedCluster cluster, WatchScope scope, IWatchConsumer consumer, ResourceKind kind, bool appeared)
{
    /// <summary>Watches until none of them can go on. Where the whole cluster is forbidden, the namespaces that are allowed are watched.</summary>
    public async Task<IReadOnlyList<WatchEnd>> RunAsync(CancellationToken ended, CancellationToken cancellationToken)
    {
        var places = scope.Places(kind, cluster.DefaultNamespace);
        var ends = await RunAsync(places, ended, cancellationToken).ConfigureAwait(false);
        if (places is not [{ Namespace: null } everywhere] || ends is not [var end] || !FallsBack(everywhere, end))
            return ends;
        if (scope.Narrower is { } narrower)
            return await RunAsync(narrower(kind), ended, cancellationToken).ConfigureAwait(false);
        var allowed = await cluster.PersistAsync(() => AllowedAsync(everywhere, end.Fault, ended), ended).ConfigureAwait(false);
        return allowed.Count == 0 ? ends : await RunAsync(allowed, ended, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<WatchEnd>> RunAsync(IReadOnlyList<ListQuery> places, CancellationToken ended, CancellationToken cancellationToken)
    {
        var ends = new WatchEnd[places.Count];
        consumer.Begins(places.Count);
        await Parallel.ForAsync(
            0,
            places.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, places.Count), CancellationToken = ended },
            async (i, stop) => ends[i] = await WatchAsync(places[i], stop, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return ends;
    }

    private async Task<WatchEnd> WatchAsync(ListQuery place, CancellationToken ended, CancellationToken cancellationToken)
    {
        var notices = new WatchNotices(cluster.Connection.Identity, kind, place.Namespace, cluster.Call.Time);
        var watch = new ClusterWatch(cluster.Connection, Target(place))
        {
            Time = cluster.Call.Time,
            Random = cluster.Call.Random,
            Turn = cluster.Sink.TurnAsync,
            KindAppeared = appeared,
            KeepsObjects = consumer.WantsPrevious,
        };
        var (fault, told) = await watch.RunAsync(TakeAsync, ended).ConfigureAwait(false);
        cluster.Connection.Disconnected.ThrowIfCancellationRequested();
        var end = new WatchEnd(fault, watch.WasListed);
        if (WatchRules.IsMissing(fault) || FallsBack(place, end))
            return end; // told for all namespaces together
        await cluster.NoticeAsync(notices.Stopped(fault), ended).ConfigureAwait(false);
        if (!told)
            await cluster.FaultAsync(fault, ended).ConfigureAwait(false);
        return end;

        async ValueTask TakeAsync(WatchBatch batch)
        {
            await HandAsync(batch, notices, cancellationToken).ConfigureAwait(false);
            ended.ThrowIfCancellationRequested();
            if (scope.ChecksNamespaces && place.Namespace is { } ns && kind.Namespaced && batch.Outputs.Any(static output => output is WatchSignal { Type: WatchNoticeType.Connected, Count: 0 }))
                await cluster.CheckNamespaceAsync(ns, ended).ConfigureAwait(false);
        }
    }

    /// <summary>Hands on what a watch has to say, in order; changes that stand together go together.</summary>
    private async Task HandAsync(WatchBatch batch, WatchNotices notices, CancellationToken cancellationToken)
    {
        var changes = new List<WatchChange>();
        foreach (var output in batch.Outputs)
        {
            if (output is WatchChange change)
            {
                changes.Add(change);
                continue;
            }

            await HandChangesAsync(changes, batch.At, cancellationToken).ConfigureAwait(false);
            changes = [];
            if (output is WatchTrouble { Fault: var fault })
            {
                await cluster.FaultAsync(GoesOn(fault), cancellationToken).ConfigureAwait(false);
            }
            else if (output is WatchSignal signal)
            {
                if (signal.Type is WatchNoticeType.Connected or WatchNoticeType.Resumed)
                    cluster.Answers();
                if (signal.Type == WatchNoticeType.Connected)
                    await consumer.ListedAsync(cancellationToken).ConfigureAwait(false);
                await cluster.NoticeAsync(notices.Of(signal), cancellationToken).ConfigureAwait(false);
            }
        }

        await HandChangesAsync(changes, batch.At, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask HandChangesAsync(List<WatchChange> changes, DateTimeOffset at, CancellationToken cancellationToken) =>
        changes.Count == 0 ? default : consumer.TakeAsync(changes, at, cancellationToken);

    private bool FallsBack(ListQuery place, WatchEnd end) =>
        place.Namespace is null && kind.Namespaced && !end.Worked && end.Fault.Phase == FaultPhase.Forbidden;

    /// <summary>The namespaces whose objects may be listed, where those of all may not be. The fault that is told names the others.</summary>
    private async Task<IReadOnlyList<ListQuery>> AllowedAsync(ListQuery everywhere, Fault fault, CancellationToken cancellationToken)
    {
        using var link = cluster.Connection.EnterWatch();
        var fallback = new NamespaceFallback(link.Objects, new FirstCount(null), cluster.Context, cluster.Sink);
        var allowed = await fallback.AllowedAsync(kind, fault, cluster.DefaultNamespace, goesOn: true, cancellationToken).ConfigureAwait(false);
        return [.. allowed.Select(ns => everywhere with { Namespace = ns })];
    }

    private WatchTarget Target(ListQuery place) => new()
    {
        Cluster = cluster.Connection.Identity,
        Kind = kind,
        Query = place,
        Names = scope.Names,
        Call = cluster.Context,
        MaxEventBytes = scope.MaxEventBytes,
    };

    private static Fault GoesOn(Fault fault) => fault with { Advice = $"{fault.Advice} The watch goes on by itself as soon as it can.".TrimStart() };
}
