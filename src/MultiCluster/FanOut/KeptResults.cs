using System.Collections.Concurrent;

namespace MultiCluster.FanOut;

/// <summary>
/// Where one cluster hands on results that must not be lost when the call is stopped: they are kept, and what nobody took while it was being
/// stopped is handed on once more at the end.
/// </summary>
/// <param name="sink">The cluster's sink.</param>
/// <param name="results">Where all clusters' results are kept.</param>
internal sealed class KeptResults<T>(FanOutSink sink, ConcurrentQueue<T> results)
{
    /// <summary>How long the results of a call that was stopped may wait for somebody to take them. In real time: nobody may be there.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<T> _untold = new();

    /// <summary>A result is there. When the call is being stopped, it waits for <see cref="EndAsync"/>.</summary>
    public async Task AddAsync(T result, CancellationToken cancellationToken)
    {
        results.Enqueue(result);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await sink.WriteAsync<T>([result], cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _untold.Enqueue(result);
        }
    }

    /// <summary>The cluster is done: hands on what could not be told. A reader that has left is not waited for.</summary>
    public async Task EndAsync()
    {
        if (_untold.IsEmpty)
            return;
        using var bound = new CancellationTokenSource(LastWord);
        try
        {
            await sink.WriteAsync([.. _untold], bound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever keeps the results has them.
        }
    }
}
