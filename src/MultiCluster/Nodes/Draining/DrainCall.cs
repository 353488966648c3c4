using System.Globalization;

namespace MultiCluster.Nodes.Draining;

/// <summary>What the clusters of one call share: how many clusters and nodes drain at once, how many have failed, and whether more are begun.</summary>
internal sealed class DrainCall(DrainOptions options, Func<KubeDrainResult, CancellationToken, Task<bool>>? healthCheck) : IDisposable
{
    private readonly SemaphoreSlim _clusters = new(Math.Max(1, options.ThrottleLimit));
    private readonly SemaphoreSlim _nodes = new(Math.Max(1, options.NodeThrottleLimit));
    private readonly SemaphoreSlim _checking = new(1);
    private readonly Lock _gate = new();
    private int _failures;
    private string? _noMore;

    /// <summary>Why no further node is begun; null while they are.</summary>
    public string? NoMore
    {
        get
        {
            lock (_gate)
                return _noMore;
        }
    }

    /// <summary>Waits for a place among the nodes that drain at once; disposing what it gives leaves it.</summary>
    public Task<IDisposable> EnterAsync(CancellationToken cancellationToken) => EnterAsync(_nodes, cancellationToken);

    /// <summary>Waits for a place among the clusters that drain at once; disposing what it gives leaves it.</summary>
    public Task<IDisposable> EnterClusterAsync(CancellationToken cancellationToken) => EnterAsync(_clusters, cancellationToken);

    /// <summary>A node's drain has ended: counts it, and asks the health check, one at a time, whether more may follow.</summary>
    public async Task EndedAsync(KubeDrainResult result, CancellationToken cancellationToken)
    {
        if (result.HasFailed && Interlocked.Increment(ref _failures) is var failures && failures >= options.MaxFailure)
            Stop(string.Create(CultureInfo.InvariantCulture, $"{failures} node{(failures == 1 ? " has" : "s have")} failed (-MaxFailure {options.MaxFailure})."));
        if (healthCheck is null || NoMore is not null)
            return;
        await _checking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (NoMore is null && !await healthCheck(result, cancellationToken).ConfigureAwait(false))
                Stop($"The health check after node {result.Node} of {result.ClusterName} said no.");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Stop($"The health check after node {result.Node} of {result.ClusterName} failed: {e.Message.TrimEnd('.')}.");
        }
        finally
        {
            _checking.Release();
        }
    }

    public void Dispose()
    {
        _clusters.Dispose();
        _nodes.Dispose();
        _checking.Dispose();
    }

    private static async Task<IDisposable> EnterAsync(SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Place(places);
    }

    private void Stop(string reason)
    {
        lock (_gate)
            _noMore ??= reason;
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
