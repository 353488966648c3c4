using System.Collections.Concurrent;
using MultiCluster.FanOut;

namespace MultiCluster.Changes.Sending;

/// <summary>Where one cluster's changes say what became of them: a result each, and a fault for what failed.</summary>
internal sealed class ChangeOutput(FanOutSink sink, ConcurrentQueue<KubeApplyResult> results)
{
    private readonly KeptResults<KubeApplyResult> _kept = new(sink, results);
    private readonly ConcurrentQueue<KubeApplyResult> _own = new();

    /// <summary>The cluster's results so far.</summary>
    public IReadOnlyCollection<KubeApplyResult> Results => _own;

    /// <summary>An object's result is there.</summary>
    /// <param name="result">The result.</param>
    /// <param name="isCluster">True when its fault is the cluster's, which tells it itself, once.</param>
    /// <param name="cancellationToken">Ends waiting for room.</param>
    public async Task AddAsync(KubeApplyResult result, bool isCluster, CancellationToken cancellationToken)
    {
        _own.Enqueue(result);
        await _kept.AddAsync(result, cancellationToken).ConfigureAwait(false);
        if (result.Fault is { } fault && !isCluster && !cancellationToken.IsCancellationRequested)
            await sink.FaultAsync(fault, result, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Warns of what the server warns of, once for all clusters that say it.</summary>
    public async Task WarnAsync(IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        foreach (var warning in warnings)
            await sink.RemarkAsync(warning, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The cluster is done: hands on what could not be told.</summary>
    public Task EndAsync() => _kept.EndAsync();
}
