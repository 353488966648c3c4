namespace MultiCluster.Logs.Streams;

/// <summary>One cluster's part in a <see cref="StreamAllotment"/>. Its containers get streams in turn by their pods: every pod's first, then every pod's second.</summary>
internal sealed class ClusterShare(StreamAllotment allotment, int quota)
{
    private readonly PriorityQueue<StreamTicket, (int Round, long Number)> _waiting = new();
    private long _number;
    private volatile int _count;

    /// <summary>The streams that it may have whatever the others need.</summary>
    public int Quota => quota;

    /// <summary>Streams that it has.</summary>
    public int Open { get; private set; }

    /// <summary>Containers that wait for one.</summary>
    public int Waiting => _count;

    /// <summary>True once it has told what it needs at first; before that it gets nothing, so that its pods take turns.</summary>
    public bool HasReported { get; set; }

    /// <summary>Asks for a stream.</summary>
    /// <param name="round">The container's place in its pod, from 0.</param>
    public StreamTicket Ask(int round) => allotment.Ask(this, round);

    /// <summary>All that is needed at first has been asked for.</summary>
    public void Report() => allotment.Report(this);

    /// <summary>Under the allotment's lock, as those below.</summary>
    internal void Add(StreamTicket ticket, int round)
    {
        _waiting.Enqueue(ticket, (round, _number++));
        _count++;
    }

    internal void OpenNext()
    {
        while (_waiting.Dequeue() is var ticket)
        {
            if (ticket.IsOver)
                continue;
            _count--;
            Open++;
            ticket.Grant();
            return;
        }
    }

    /// <summary>True when a stream has become free by it.</summary>
    internal bool Remove(StreamTicket ticket)
    {
        if (!ticket.TryEnd())
            return false;
        if (!ticket.Granted.IsCompleted)
        {
            _count--;
            return false;
        }

        Open--;
        return true;
    }
}
