using Microsoft.AspNetCore.Connections.Features;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Faults;

/// <summary>Decides what becomes of each line of a stream. One call at a time.</summary>
internal interface ILineTreatment
{
    /// <summary>A line, with its line feed.</summary>
    ValueTask OnLineAsync(ReadOnlyMemory<byte> line, LineOutput output);

    /// <summary>The stream ends by itself.</summary>
    ValueTask OnEndAsync(LineOutput output) => ValueTask.CompletedTask;

    /// <summary>Runs beside the lines, until the stream ends; what it writes, it writes between them.</summary>
    Task RunAsync(LineStream lines, LineOutput output, CancellationToken stop) => Task.CompletedTask;
}

/// <summary>Where treated lines go.</summary>
internal sealed class LineOutput(SimulatedRequest request, Stream inner)
{
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(50);

    public SimulatedRequest Request => request;

    /// <summary>True when nothing more is to be written.</summary>
    public bool HasEnded { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (HasEnded) return;
        await inner.WriteAsync(bytes, request.Aborted);
        await inner.FlushAsync(request.Aborted);
    }

    /// <summary>Ends the body here as if it were whole.</summary>
    public void End()
    {
        HasEnded = true;
        request.End();
    }

    /// <summary>Drops the connection (with HTTP/2: the stream) here.</summary>
    public async ValueTask ResetAsync()
    {
        HasEnded = true;
        // What was written is on its way through Kestrel's pipes, which an abort empties.
        await Task.Delay(OnTheWay, TimeProvider.System, request.Aborted);
        // A linger time of zero makes the close a RST.
        if (request.Context.Features.Get<IConnectionSocketFeature>() is { } connection && request.Context.Request.Protocol != "HTTP/2")
            connection.Socket.LingerState = new(true, 0);
        request.Context.Abort();
    }
}

/// <summary>A body that is cut into lines for a treatment.</summary>
internal sealed class LineStream(LineOutput output, ILineTreatment treatment, Stream inner) : WriteOnlyStream
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly MemoryStream _line = new();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            while (buffer.Length > 0 && !output.HasEnded)
            {
                var end = buffer.Span.IndexOf((byte)'\n') + 1;
                _line.Write(buffer.Span[..(end == 0 ? buffer.Length : end)]);
                if (end == 0) return;
                buffer = buffer[end..];
                var line = _line.ToArray();
                _line.SetLength(0);
                await treatment.OnLineAsync(line, output);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <summary>Does something between two lines.</summary>
    public async Task BetweenLinesAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!output.HasEnded) await action();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The stream ended by itself: what is held back, and a line without an end, are written.</summary>
    public Task FinishAsync() => BetweenLinesAsync(
        async () =>
        {
            await treatment.OnEndAsync(output);
            if (_line.Length > 0) await output.WriteAsync(_line.ToArray());
        },
        CancellationToken.None);
}
