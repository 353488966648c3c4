namespace MultiCluster.Clusters;

/// <summary>Wakes whoever waits to try a cluster again: it answers again, or its login works again.</summary>
internal sealed class RecoverySignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next recovery.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>The cluster has recovered.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
