using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Faults;

/// <summary>A fault of exec, attach and port-forward, once they are upgraded.</summary>
internal sealed class SocketFault(Action<HttpContext, StreamFeature> prepare) : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next)
    {
        var features = request.Context.Features;
        if (features.Get<StreamFeature>() is not { } feature) features.Set(feature = new StreamFeature());
        prepare(request.Context, feature);
        return next();
    }

    private protected override bool Concerns(SimulatedRequest request) =>
        request.Info is { Resource: "pods", Subresource: "exec" or "attach" or "portforward" };
}

/// <summary>What happens to a connection after so many bytes were sent on it.</summary>
internal enum SocketEnd
{
    /// <summary>Nothing more is sent, and nothing said.</summary>
    Stalls,

    /// <summary>It is dropped.</summary>
    Drops,

    /// <summary>Its end is sent; what comes is still read.</summary>
    HalfCloses,
}

/// <summary>An upgraded connection that something is wrong with.</summary>
internal sealed class FaultySocket(Stream inner, HttpContext context, long bytes, SocketEnd end, TimeSpan readsEvery) : Stream
{
    private static readonly TimeSpan Arrival = TimeSpan.FromMilliseconds(20);

    private long _left = bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (readsEvery <= TimeSpan.Zero) return await inner.ReadAsync(buffer, cancellationToken);
        await Task.Delay(readsEvery, cancellationToken);
        return await inner.ReadAsync(buffer[..Math.Min(buffer.Length, 1024)], cancellationToken);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var part = buffer[..(int)Math.Min(_left, buffer.Length)];
        _left -= part.Length;
        if (part.Length > 0)
        {
            await inner.WriteAsync(part, cancellationToken);
            await inner.FlushAsync(cancellationToken);
        }
        if (part.Length == buffer.Length) return;
        // What was sent is to arrive.
        await Task.Delay(Arrival, context.RequestAborted);
        if (end == SocketEnd.Drops) context.Abort();
        if (end == SocketEnd.HalfCloses) context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
