namespace MultiCluster.Logs.Streams;

/// <summary>A container's wish for a stream, and the stream once it is granted. Disposing it gives back whichever it is.</summary>
internal sealed class StreamTicket(StreamAllotment allotment, ClusterShare share) : IDisposable
{
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ClusterShare Share => share;

    /// <summary>Completes when the stream may be opened.</summary>
    public Task Granted => _granted.Task;

    /// <summary>True once it has been given back.</summary>
    public bool IsOver { get; private set; }

    public void Dispose() => allotment.GiveBack(this);

    internal void Grant() => _granted.SetResult();

    internal bool TryEnd()
    {
        if (IsOver)
            return false;
        return IsOver = true;
    }
}
