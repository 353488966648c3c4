namespace MultiCluster.Logs.Streams;

/// <summary>Says which containers of a cluster are not followed because as many streams are open as may be: once with the numbers, then as they change.</summary>
internal sealed class LeftOutContainers(LogCluster cluster)
{
    /// <summary>How long the other clusters may take to tell what they need before it is said.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private int _told;

    /// <summary>Waits until a container may be followed.</summary>
    public async Task WaitAsync(LogSource source, StreamTicket ticket, bool initial, CancellationToken cancellationToken)
    {
        if (ticket.Granted.IsCompleted)
            return;
        await SettleAsync(ticket, cancellationToken).ConfigureAwait(false);
        if (ticket.Granted.IsCompleted)
            return;
        var allotment = cluster.Call.Allotment;
        if (Interlocked.Exchange(ref _told, 1) == 0)
            await cluster.Notices.LeftOutAsync(cluster.Share.Waiting, cluster.Share.Open, allotment.Limit, allotment.Clusters, cancellationToken).ConfigureAwait(false);
        else if (!initial)
            await cluster.Notices.StillLeftOutAsync(source, follows: false, cluster.Share.Waiting, cancellationToken).ConfigureAwait(false);
        await ticket.Granted.WaitAsync(cancellationToken).ConfigureAwait(false);
        await cluster.Notices.StillLeftOutAsync(source, follows: true, cluster.Share.Waiting, cancellationToken).ConfigureAwait(false);
    }

    private async Task SettleAsync(StreamTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(ticket.Granted, cluster.Call.Allotment.Settled).WaitAsync(Patience, cluster.Call.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Some cluster does not answer; the numbers are told as they are.
        }
    }
}
