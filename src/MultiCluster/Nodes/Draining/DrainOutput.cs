using System.Collections.Concurrent;
using MultiCluster.FanOut;

namespace MultiCluster.Nodes.Draining;

/// <summary>Where one cluster's drains say what happens.</summary>
internal sealed class DrainOutput(FanOutSink sink, ConcurrentQueue<KubeDrain> drains, ConcurrentQueue<KubeDrainResult> results)
{
    private readonly KeptResults<KubeDrainResult> _results = new(sink, results);

    /// <summary>A drain has begun.</summary>
    public void Begun(KubeDrain drain) => drains.Enqueue(drain);

    /// <summary>Something has happened.</summary>
    public ValueTask TellAsync(IReadOnlyList<KubeDrainEvent> events, CancellationToken cancellationToken) => sink.WriteAsync(events, cancellationToken);

    /// <summary>A node's result is there. When the call is being stopped, it waits for <see cref="EndAsync"/>.</summary>
    public Task EndedAsync(KubeDrainResult result, CancellationToken cancellationToken) => _results.AddAsync(result, cancellationToken);

    /// <summary>The cluster is done: hands on what could not be told.</summary>
    public Task EndAsync() => _results.EndAsync();
}
