using System.Collections.Concurrent;
using MultiCluster.FanOut;

namespace MultiCluster.Nodes.Draining;

/// <summary>Where one cluster's drains say what happens.</summary>
internal sealed class DrainOutput(FanOutSink sink, ConcurrentQueue<KubeDrain> drains, ConcurrentQueue<KubeDrainResult> results)
{
    /// <summary>How long the results of a call that was stopped may wait for somebody to take them. In real time: nobody may be there.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<KubeDrainResult> _untold = new();

    /// <summary>A drain has begun.</summary>
    public void Begun(KubeDrain drain) => drains.Enqueue(drain);

    /// <summary>Something has happened.</summary>
    public ValueTask TellAsync(IReadOnlyList<KubeDrainEvent> events, CancellationToken cancellationToken) => sink.WriteAsync(events, cancellationToken);

    /// <summary>A node's result is there. When the call is being stopped, it waits for <see cref="EndAsync"/>.</summary>
    public async Task EndedAsync(KubeDrainResult result, CancellationToken cancellationToken)
    {
        results.Enqueue(result);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await sink.WriteAsync<KubeDrainResult>([result], cancellationToken).ConfigureAwait(false);
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
            // FleetDrain.Results and the session's drains have them.
        }
    }
}
