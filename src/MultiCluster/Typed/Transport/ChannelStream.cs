using k8s;

namespace MultiCluster.Typed.Transport;

/// <summary>One end of a command in a pod: reads a channel, or writes to one.</summary>
internal sealed class ChannelStream(IStreamDemuxer demuxer, Stream? input, byte? output) : Stream
{
    public override bool CanRead => input is not null;

    public override bool CanWrite => output is not null;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private Stream Input => input ?? throw new NotSupportedException("This channel is written to.");

    public override int Read(byte[] buffer, int offset, int count) => Input.ReadAsync(buffer, offset, count).GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Input.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Input.ReadAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        output is { } index ? demuxer.Write(index, buffer, offset, count, cancellationToken) : throw new NotSupportedException("This channel is read.");

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(WriteAsync(buffer.ToArray(), 0, buffer.Length, cancellationToken));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // What is written further to a channel that nobody reads is passed over.
        if (disposing)
            input?.Dispose();
        base.Dispose(disposing);
    }
}
