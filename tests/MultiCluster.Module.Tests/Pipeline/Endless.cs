using MultiCluster.FanOut;
using MultiCluster.Faults;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>An operation that ends only when it is cancelled, and counts how often it did.</summary>
internal sealed class Endless
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private int _ended;

    public bool Writes { get; init; } = true;

    /// <summary>Clusters to wait for before <see cref="Started"/>, and before any of them writes.</summary>
    public int Expected { get; set; } = 1;

    public Task Started => _started.Task;

    public async Task Operation(ClusterIdentity cluster, FanOutSink output, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _running) == Expected)
            _started.SetResult();
        try
        {
            await _started.Task.WaitAsync(cancellationToken);
            while (Writes)
                await output.WriteAsync<string>([cluster.ClusterName], cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            Interlocked.Increment(ref _ended);
        }
    }

    public void AssertEnded(int clusters) => Assert.Equal(clusters, Volatile.Read(ref _ended));
}
