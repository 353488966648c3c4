using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Faults;

internal sealed class LatencyFault(TimeSpan delay) : ClusterFault
{
    internal override async Task OnRequestAsync(SimulatedRequest request, Func<Task> next)
    {
        await Task.Delay(delay, request.Time, request.Aborted);
        await next();
    }
}

internal sealed class TrickleFault(int bytes, TimeSpan interval) : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next) =>
        ReplacedBody.UseAsync(request.Context, next, inner => new FaultyStream(inner, async (buffer, cancellationToken) =>
        {
            for (; buffer.Length > 0; buffer = buffer[Math.Min(bytes, buffer.Length)..])
            {
                await inner.WriteAsync(buffer[..Math.Min(bytes, buffer.Length)], cancellationToken);
                await inner.FlushAsync(cancellationToken);
                await Task.Delay(interval, request.Time, cancellationToken);
            }
        }));
}

/// <summary>How a cut body ends.</summary>
internal enum CutEnd
{
    Clean,
    Short,
    Reset,
    Garbage,
}

internal sealed class CutFault(int bytes, CutEnd end) : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next)
    {
        var context = request.Context;
        var left = bytes;
        context.Response.OnStarting(() =>
        {
            context.Response.ContentLength = end == CutEnd.Short ? bytes + 10_000 : null;
            return Task.CompletedTask;
        });
        return ReplacedBody.UseAsync(context, next, inner => new FaultyStream(inner, async (buffer, cancellationToken) =>
        {
            if (left == 0) return;
            var part = buffer[..Math.Min(left, buffer.Length)];
            left -= part.Length;
            await inner.WriteAsync(part, cancellationToken);
            if (left > 0) return;
            await inner.FlushAsync(cancellationToken);
            if (end == CutEnd.Garbage) await inner.WriteAsync("\u0001}}<oops>]"u8.ToArray(), cancellationToken);
            if (end is CutEnd.Reset or CutEnd.Short) Reset(context);
        }));
    }

    private void Reset(HttpContext context)
    {
        // A linger time of zero makes the close a RST.
        if (end == CutEnd.Reset && context.Features.Get<IConnectionSocketFeature>() is { } connection) connection.Socket.LingerState = new(true, 0);
        context.Abort();
    }
}

internal static class ReplacedBody
{
    public static async Task UseAsync(HttpContext context, Func<Task> next, Func<Stream, Stream> wrap)
    {
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var replaced = new StreamResponseBodyFeature(wrap(original.Stream), original);
        context.Features.Set<IHttpResponseBodyFeature>(replaced);
        try
        {
            await next();
            await replaced.CompleteAsync();
        }
        finally
        {
            context.Features.Set(original);
        }
    }
}

/// <summary>Does with each buffer what it is told.</summary>
internal sealed class FaultyStream(Stream inner, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write) : WriteOnlyStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => write(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
}
