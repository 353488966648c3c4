namespace MultiCluster.Sandbox.Containers;

/// <summary>A connection to what listens in a simulated container: no socket, two pipes.</summary>
internal sealed class LocalConnection : Stream
{
    private readonly Stream _read;
    private readonly ProgramPipe _to;
    private readonly ProgramPipe _from;

    private LocalConnection(ProgramPipe from, ProgramPipe to) => (_read, _from, _to) = (from.Input, from, to);


    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Lets somebody serve a connection, and returns its other end.</summary>
    public static Stream Open(Func<Stream, CancellationToken, Task> serve, CancellationToken cancellationToken)
    {
        var (up, down) = (new ProgramPipe(), new ProgramPipe());
        _ = ServeAsync(serve, new LocalConnection(up, down), cancellationToken);
        return new LocalConnection(down, up);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _read.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _to.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _to.EndOutput();
        _from.EndInput();
        base.Dispose(disposing);
    }

    private static async Task ServeAsync(Func<Stream, CancellationToken, Task> serve, LocalConnection connection, CancellationToken cancellationToken)
    {
        await using (connection)
        {
            try
            {
                await serve(connection, cancellationToken);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other end went away.
            }
        }
    }
}
