using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Pods;
using MultiCluster.Resources;

namespace MultiCluster.Logs.Streams;

/// <summary>One cluster's part in a call that reads logs.</summary>
internal sealed class LogCluster : TargetCluster
{
    public LogCluster(ClusterConnection connection, string defaultNamespace, CallContext context, LogCall call, FanOutSink sink)
        : base(new WatchedCluster(connection, defaultNamespace, context, call.Watch, sink), call.Targets)
    {
        Call = call;
        Share = call.Allotment.NewShare();
        Notices = new LogNotices(sink, call.Time);
        Outage = new LogOutage(this);
        Pods = new PodFinder(this);
    }

    public LogCall Call { get; }

    public override bool GoesOn => Call.Query.Follow;

    /// <summary>Its part of the streams.</summary>
    public ClusterShare Share { get; }

    public LogNotices Notices { get; }

    /// <summary>Its streams that are broken.</summary>
    public LogOutage Outage { get; }

    /// <summary>Finds the pods that are wanted.</summary>
    public PodFinder Pods { get; }

    /// <summary>Reads until there is nothing more to read, or the call has lasted long enough.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Call.Enough);
        try
        {
            if (Call.Query.Follow)
                await new FollowedLogs(this).RunAsync(stop.Token).ConfigureAwait(false);
            else
                await new ReadLogs(this).RunAsync(stop.Token).ConfigureAwait(false);
        }
        catch (Exception) when (Call.Query.Follow && Connection.Disconnected.IsCancellationRequested && !Sink.Stopped.IsCancellationRequested)
        {
            await Notices.StoppedAsync(ClusterConnection.DisconnectedFault() with { Cluster = Connection.Identity }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Call.Enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The call has lasted as long as it was to.
        }
        finally
        {
            Share.Report(); // nobody waits for what it might still need
        }
    }

    /// <summary>The cluster answers: what is wrong with it from now on is new.</summary>
    public void Answers() => Watched.Answers();

    /// <inheritdoc cref="WatchedCluster.PersistAsync"/>
    public Task<T> PersistAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        return Watched.PersistAsync(TryAsync, cancellationToken);

        async Task<T> TryAsync()
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (FaultException e) when (ClusterFaults.IsOfCluster(e.Fault))
            {
                Share.Report(); // the other clusters need not wait to hear what this one needs
                throw;
            }
        }
    }

    /// <summary>Says which containers that were named none of the pods has.</summary>
    public async ValueTask TellMissingContainersAsync(IReadOnlyCollection<KubePod> pods, CancellationToken cancellationToken)
    {
        foreach (var name in Call.Containers.MissingIn(pods))
            await Sink.RemarkAsync($"no pod has a container '{name}'", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits, no longer than until the cluster is known to be back.</summary>
    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Connection.Recovery.Next.WaitAsync(pause, Call.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nobody knows: the next attempt is due.
        }
    }
}
