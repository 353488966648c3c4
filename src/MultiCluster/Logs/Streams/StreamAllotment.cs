namespace MultiCluster.Logs.Streams;

/// <summary>
/// The streams that a call may have open at once, dealt to its clusters in turn. Each cluster may have its equal part at once; what the
/// others do not need is dealt when all have told what they need, always to the cluster that has the fewest. An open stream is never
/// taken away: one that ends makes room.
/// </summary>
internal sealed class StreamAllotment
{
    private readonly Lock _gate = new();
    private readonly List<ClusterShare> _shares = [];
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _free;
    private bool _allReported;

    /// <param name="limit">Streams at once.</param>
    /// <param name="clusters">Clusters of the call.</param>
    public StreamAllotment(int limit, int clusters)
    {
        Limit = _free = limit;
        Clusters = clusters;
    }

    /// <summary>Streams at once.</summary>
    public int Limit { get; }

    /// <summary>Clusters of the call.</summary>
    public int Clusters { get; }

    /// <summary>Completes when every cluster has told what it needs at first.</summary>
    public Task Settled => _settled.Task;

    /// <summary>A cluster takes part.</summary>
    public ClusterShare NewShare()
    {
        lock (_gate)
        {
            var share = new ClusterShare(this, QuotaOf(_shares.Count));
            _shares.Add(share);
            return share;
        }
    }

    /// <summary>A container of a cluster wants a stream.</summary>
    internal StreamTicket Ask(ClusterShare share, int round)
    {
        lock (_gate)
        {
            var ticket = new StreamTicket(this, share);
            share.Add(ticket, round);
            Deal();
            return ticket;
        }
    }

    /// <summary>A cluster has told what it needs at first, or that it cannot.</summary>
    internal void Report(ClusterShare share)
    {
        lock (_gate)
        {
            share.HasReported = true;
            _allReported = _shares.Count == Clusters && _shares.TrueForAll(static one => one.HasReported);
            Deal();
            if (_allReported)
                _settled.TrySetResult(); // after the deal: who waits for it reads what is left out
        }
    }

    /// <summary>A stream has ended, or is not wanted any more.</summary>
    internal void GiveBack(StreamTicket ticket)
    {
        lock (_gate)
        {
            if (ticket.Share.Remove(ticket))
                _free++;
            Deal();
        }
    }

    private void Deal()
    {
        while (_free > 0)
        {
            ClusterShare? poorest = null;
            foreach (var share in _shares)
            {
                if (share is { HasReported: true, Waiting: > 0 } && (_allReported || share.Open < share.Quota) && share.Open < (poorest?.Open ?? int.MaxValue))
                    poorest = share;
            }

            if (poorest is null)
                return;
            poorest.OpenNext();
            _free--;
        }
    }

    /// <summary>The equal part of the cluster that takes part as number <paramref name="index"/>; the first ones get what does not divide.</summary>
    private int QuotaOf(int index) => (Limit / Clusters) + (index < Limit % Clusters ? 1 : 0);
}
