using MultiCluster.Api.Watches;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>
/// One kind's part in the watch of a cluster. A kind that the cluster does not serve, or serves no more, is a fault once; from then on it
/// is looked for, and watched when it is there.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="scope">Which of its objects.</param>
/// <param name="consumer">Takes what changes.</param>
/// <param name="text">The kind as it was asked for.</param>
internal sealed class WatchedKind(WatchedCluster cluster, WatchScope scope, IWatchConsumer consumer, string text)
{
    /// <summary>What another watch of the cluster has found out so recently is not asked again.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(1);

    private readonly WatchNotices _notices = new(cluster.Connection.Identity, text, null, cluster.Call.Time);
    private bool _appeared;

    /// <summary>Watches until nothing of the kind can be watched any more.</summary>
    /// <param name="ended">Cancelled when the call has enough.</param>
    /// <param name="cancellationToken">Ends the call. What is being handed on when it has enough, still is.</param>
    public async Task RunAsync(CancellationToken ended, CancellationToken cancellationToken)
    {
        try
        {
            var kind = await FindAsync(ended).ConfigureAwait(false);
            while (true)
            {
                await TellChoiceAsync(kind, ended).ConfigureAwait(false);
                if (WatchRules.Unwatchable(kind) is { } refusal)
                    throw new FaultException(refusal with { Cluster = cluster.Connection.Identity });
                var watches = new WatchedNamespaces(cluster, scope, consumer, kind, _appeared);
                var ends = await watches.RunAsync(ended, cancellationToken).ConfigureAwait(false);
                if (!ends.Any(static end => WatchRules.IsMissing(end.Fault)))
                    break;
                kind = await AwaitAsync(Gone(kind), hopeful: ends.Any(static end => end.Worked), ended).ConfigureAwait(false);
            }
        }
        catch (FaultException e) when (!cluster.Connection.Disconnected.IsCancellationRequested)
        {
            await cluster.NoticeAsync(_notices.Stopped(e.Fault), ended).ConfigureAwait(false);
            await cluster.FaultAsync(e.Fault, ended).ConfigureAwait(false);
        }

        cluster.Call.KindLost();
    }

    private async Task<ResourceKind> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.PersistAsync(
                () => cluster.Connection.Session.Kinds.ResolveAsync(text, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.KindNotFound)
        {
            return await AwaitAsync(e.Fault, hopeful: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the cluster serves the kind.</summary>
    /// <param name="fault">What is told meanwhile.</param>
    /// <param name="hopeful">True when it has been served, and is worth waiting for even if no cluster has anything else to watch.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task<ResourceKind> AwaitAsync(Fault fault, bool hopeful, CancellationToken cancellationToken)
    {
        await cluster.NoticeAsync(_notices.Missing(fault), cancellationToken).ConfigureAwait(false);
        await cluster.FaultAsync(fault, cancellationToken).ConfigureAwait(false);
        if (!hopeful)
            cluster.Call.KindLost();
        for (var backoff = new WatchBackoff(cluster.Call.Random); ;)
        {
            await Task.Delay(backoff.Next(), cluster.Call.Time, cancellationToken).ConfigureAwait(false);
            if (await LookAsync(cancellationToken).ConfigureAwait(false) is not { } kind)
                continue;
            _appeared = true;
            if (!hopeful)
                cluster.Call.KindServed();
            return kind;
        }
    }

    /// <summary>A watch has no end at which it could be said of all clusters: it is said as soon as two take the name for different kinds.</summary>
    private async Task TellChoiceAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        var choices = cluster.Call.Choices;
        choices.Take(text, cluster.Connection.Identity, kind, cluster.Connection.Session.Kinds.Rivals(text, kind));
        if (choices.Tell(text) is { } sentence)
            await cluster.Sink.NoticeAsync(NoticeLevel.Warning, sentence, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ResourceKind?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var use = cluster.Connection.Use();
            return await cluster.Connection.Session.Kinds.FindAnewAsync(text, Recent, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException) when (!cluster.Connection.Disconnected.IsCancellationRequested)
        {
            return null; // that the kind is missing has been told, and the cluster is asked again
        }
    }

    private Fault Gone(ResourceKind kind) => new()
    {
        Phase = FaultPhase.KindNotFound,
        Cluster = cluster.Connection.Identity,
        Operation = $"watch {kind.Plural}",
        Detail = $"the cluster does not serve {kind.Resource} of {kind.ApiVersion}",
        Advice = "The watch begins by itself when the cluster serves the kind. Get-KubeApiResource lists the kinds that it serves now.",
    };
}
