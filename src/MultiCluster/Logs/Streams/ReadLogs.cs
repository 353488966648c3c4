using MultiCluster.Api.Watches;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Logs.Lines;
using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Logs.Streams;

/// <summary>Reads one cluster's logs as they are: of each pod that is found, each container that is wanted, to its end.</summary>
internal sealed class ReadLogs(LogCluster cluster)
{
    /// <summary>How often in a row an answer may break off without having brought anything.</summary>
    private const int Attempts = 3;

    private int _toldOfOrder;

    /// <summary>Reads until all is read.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<PodLog> logs;
        using (cluster.Sink.OpenSource()) // the other clusters' lines wait until it is known what this one has to read
        {
            logs = await FindAsync(cancellationToken).ConfigureAwait(false);
            cluster.Share.Report();
            foreach (var log in logs.Where(static log => log.Ticket.Granted.IsCompleted))
                log.Target = cluster.Sink.OpenSource();
        }

        try
        {
            await Parallel.ForEachAsync(
                logs,
                new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, logs.Count), CancellationToken = cancellationToken },
                async (log, stop) => await ReadAsync(log, stop).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            logs.ForEach(static log => log.Target?.Dispose()); // those that were not begun
        }
    }

    private async Task<List<PodLog>> FindAsync(CancellationToken cancellationToken)
    {
        using var turn = await cluster.Sink.TurnAsync(cancellationToken).ConfigureAwait(false);
        var found = await new PodSearch(cluster, cluster.Pods, cancellationToken).FindAsync().ConfigureAwait(false);
        KubePod[] pods = [.. found.Select(static one => one.Pod)];
        var logs = new List<PodLog>();
        foreach (var one in found)
            await AddAsync(one.Pod, one.IsNamed, one.IsKnown ? new(() => CheckAsync(one.Pod, cancellationToken)) : null, logs, cancellationToken).ConfigureAwait(false);
        if (logs.Count == 0 && pods.Length > 0 && cluster.Call.Containers.IsNamed && pods.All(pod => cluster.Call.Containers.Of(pod).Count == 0))
            await cluster.FaultAsync(cluster.Call.Containers.NoneIn(pods), null, cancellationToken).ConfigureAwait(false);
        else
            await cluster.TellMissingContainersAsync(pods, cancellationToken).ConfigureAwait(false);
        return logs;
    }

    private async Task AddAsync(KubePod pod, bool named, Lazy<Task>? check, List<PodLog> logs, CancellationToken cancellationToken)
    {
        var round = 0;
        foreach (var container in cluster.Call.Containers.Of(pod))
        {
            var source = new LogSource(cluster.Connection.Identity, pod.Namespace!, pod.Name, container);
            var state = ContainerState.Of(pod, container);
            if (state.InstanceId is not null || named)
                logs.Add(new PodLog(source, pod, named, check, cluster.Share.Ask(round++)));
            else
                await cluster.Notices.WaitingAsync(source, state.Reason, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(PodLog log, CancellationToken cancellationToken)
    {
        try
        {
            await TakeTurnAsync(log, cancellationToken).ConfigureAwait(false);
            using var target = log.Target ?? cluster.Sink.OpenSource();
            await ReadAsync(log, target, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Reason != LogFilter.TooSlow)
        {
            if (LogFaults.IsGone(e.Fault) && !log.IsNamed && await IsGoneAsync(log.Pod, cancellationToken).ConfigureAwait(false))
                await cluster.Notices.EndedAsync(log.Source, "is gone: its pod was deleted meanwhile", cancellationToken).ConfigureAwait(false);
            else
                await cluster.FaultAsync(LogFaults.Advised(e.Fault, log.Source), log.Pod, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            log.Ticket.Dispose();
        }
    }

    /// <summary>
    /// A log is asked for by the pod's name, which another pod may bear by now. Once it is open, the pod that is meant was there if it still is.
    /// Who may not read pods hears nothing, since nobody knows.
    /// </summary>
    /// <exception cref="FaultException">It is gone, or another one bears its name.</exception>
    private async Task CheckAsync(KubePod pod, CancellationToken cancellationToken)
    {
        try
        {
            var now = await cluster.GetPodAsync(pod.Namespace!, pod.Name, cancellationToken).ConfigureAwait(false);
            if (now.Uid != pod.Uid)
                throw new FaultException(LogFaults.Replaced(cluster.Connection.Identity, pod));
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            // The log itself may be read.
        }
    }

    /// <summary>A server calls a pod missing too when its node is.</summary>
    private async Task<bool> IsGoneAsync(KubePod pod, CancellationToken cancellationToken)
    {
        try
        {
            return (await cluster.GetPodAsync(pod.Namespace!, pod.Name, cancellationToken).ConfigureAwait(false)).Uid != pod.Uid;
        }
        catch (FaultException e)
        {
            return LogFaults.IsGone(e.Fault);
        }
    }

    private async Task TakeTurnAsync(PodLog log, CancellationToken cancellationToken)
    {
        if (!log.Ticket.Granted.IsCompleted)
            await Task.WhenAny(log.Ticket.Granted, cluster.Call.Allotment.Settled).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!log.Ticket.Granted.IsCompleted && Interlocked.Exchange(ref _toldOfOrder, 1) == 0)
            await cluster.Notices.PartlyOrderedAsync(cluster.Share.Waiting, cluster.Call.Query.MaxStreams, cancellationToken).ConfigureAwait(false);
        await log.Ticket.Granted.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a log to its end; an answer that breaks off is gone on with where it broke.</summary>
    private async Task ReadAsync(PodLog log, FanOutSource target, CancellationToken cancellationToken)
    {
        var position = new LogPosition(log.Source, cluster.Call.Query, whole: false, cluster.Call.Began, cluster.Call.Time);
        var stream = new ContainerStream(cluster, log.Source, position, target);
        var backoff = new WatchBackoff(cluster.Call.Random);
        for (var attempt = 1; ; attempt++)
        {
            var opened = false;
            try
            {
                await stream.ReadAsync(
                    position.Next(follow: false, cluster.Call.Query.Previous),
                    async () =>
                    {
                        opened = true;
                        if (log.Check is { } check)
                            await check.Value.ConfigureAwait(false);
                        return true;
                    },
                    CancellationToken.None,
                    cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (FaultException e) when ((opened || attempt > 1) && attempt < Attempts && WatchRules.IsPassing(e.Fault))
            {
                if (stream.Progressed)
                    attempt = 0;
            }

            await cluster.PauseAsync(backoff.Next(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The log of one container.</summary>
    /// <param name="Source">The container.</param>
    /// <param name="Pod">Its pod.</param>
    /// <param name="IsNamed">True when the pod was asked for by its name.</param>
    /// <param name="Check">Makes sure that the pod is still the one that was read before; null for one that was found now.</param>
    /// <param name="Ticket">Its place among the streams that may be open.</param>
    private sealed record PodLog(LogSource Source, KubePod Pod, bool IsNamed, Lazy<Task>? Check, StreamTicket Ticket)
    {
        /// <summary>Where its lines go, once that is open.</summary>
        public FanOutSource? Target { get; set; }
    }
}
