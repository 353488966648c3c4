using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;

namespace MultiCluster.Resources;

/// <summary>One cluster's part in a call that watches: its kinds side by side, and what they have to say in common.</summary>
internal sealed class WatchedCluster(
    ClusterConnection connection, string defaultNamespace, CallContext context, WatchCall call, FanOutSink sink)
{
    private readonly MissingNamespaces _missing = new(context, sink);
    private int _down;

    public ClusterConnection Connection => connection;

    public string DefaultNamespace => defaultNamespace;

    public CallContext Context => context;

    public WatchCall Call => call;

    public FanOutSink Sink => sink;

    /// <summary>Watches until the call has enough, or nothing can be watched any more.</summary>
    public async Task RunAsync(WatchScope scope, IReadOnlyList<string> kinds, IWatchConsumer consumer, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.Enough);
        try
        {
            await Parallel.ForEachAsync(
                kinds,
                new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, kinds.Count), CancellationToken = stop.Token },
                async (text, ended) => await new WatchedKind(this, scope, consumer, text).RunAsync(ended, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception) when (connection.Disconnected.IsCancellationRequested && !sink.Stopped.IsCancellationRequested)
        {
            var notices = new WatchNotices(connection.Identity, kind: (string?)null, ns: null, call.Time);
            await NoticeAsync(notices.Disconnected(ClusterConnection.DisconnectedFault() with { Cluster = connection.Identity }), sink.Stopped).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (call.Enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The call has all that it wants.
        }
    }

    /// <summary>Tries again, with growing pauses, what fails for a reason that may pass; tells of it once.</summary>
    /// <exception cref="FaultException">It fails for good.</exception>
    public async Task<T> PersistAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        var backoff = new WatchBackoff(call.Random);
        for (var told = false; ; told = true)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (FaultException e) when (!WatchRules.IsFinal(e.Fault))
            {
                if (!told)
                    await FaultAsync(e.Fault, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(backoff.Next(), call.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A watch has found a namespace empty.</summary>
    public async ValueTask CheckNamespaceAsync(string ns, CancellationToken cancellationToken)
    {
        using var link = connection.EnterWatch();
        await _missing.CheckAsync(link.Objects, ns, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells of a fault. One that is the whole cluster's is told once, however many watches meet it.</summary>
    public ValueTask FaultAsync(Fault fault, CancellationToken cancellationToken) =>
        ClusterFaults.IsOfCluster(fault) && Interlocked.Exchange(ref _down, 1) == 1 ? default : sink.FaultAsync(fault, null, cancellationToken);

    /// <summary>The cluster answers a watch: what is wrong with it from now on is new.</summary>
    public void Answers() => Volatile.Write(ref _down, 0);

    /// <summary>Tells what has happened to a watch.</summary>
    public ValueTask NoticeAsync(KubeWatchNotice notice, CancellationToken cancellationToken) =>
        sink.NoticeAsync(NoticeLevel.Information, notice.Message, notice, cancellationToken);
}
