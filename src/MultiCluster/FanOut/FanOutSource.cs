using System.Threading.Channels;

namespace MultiCluster.FanOut;

/// <summary>A part of a cluster whose objects come in the order of their time, such as the log of one container.</summary>
internal sealed class FanOutSource(FanOutSink sink, ChannelWriter<FanOutItem> queue, FanOutSourceKind kind) : IDisposable
{
    /// <summary>Hands on objects in their order; a full queue makes it wait, and with it the source's socket.</summary>
    public ValueTask WriteAsync<T>(FanOutSeries<T> series, CancellationToken cancellationToken) =>
        sink.WriteAsync(queue, kind == FanOutSourceKind.Unmerged ? series.Whole() : series, series.Objects.Count, cancellationToken);

    /// <summary>The source has ended: nobody waits for it any more. What it has brought still leaves in its time.</summary>
    public void Dispose()
    {
        if (kind == FanOutSourceKind.Own)
            queue.TryComplete();
    }
}

/// <summary>Where a <see cref="FanOutSource"/> writes to.</summary>
internal enum FanOutSourceKind
{
    /// <summary>To the call's channel: objects leave as they arrive.</summary>
    Unmerged,

    /// <summary>To its cluster's queue.</summary>
    Shared,

    /// <summary>To a queue of its own.</summary>
    Own,
}
