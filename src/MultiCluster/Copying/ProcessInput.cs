using MultiCluster.Exec;
using MultiCluster.Faults;

namespace MultiCluster.Copying;

/// <summary>What a process in a container reads, as a stream. Small writes are gathered into one message.</summary>
internal sealed class ProcessInput(PodProcess process, Action<long> moved) : Stream
{
    private readonly byte[] _gathered = new byte[32 * 1024];
    private int _count;

    /// <summary>Whether the process, or the connection to it, takes nothing more.</summary>
    public bool IsBroken { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_count + buffer.Length > _gathered.Length)
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        if (buffer.Length >= _gathered.Length)
        {
            await SendAsync(buffer, cancellationToken).ConfigureAwait(false);
            return;
        }

        buffer.CopyTo(_gathered.AsMemory(_count));
        _count += buffer.Length;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_count > 0)
            await SendAsync(_gathered.AsMemory(0, _count), cancellationToken).ConfigureAwait(false);
        _count = 0;
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            // In pieces: a slow process takes long for many, and is not silent meanwhile.
            for (; bytes.Length > 0; bytes = bytes[Math.Min(bytes.Length, _gathered.Length)..])
            {
                var piece = bytes[..Math.Min(bytes.Length, _gathered.Length)];
                await process.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
                moved(piece.Length);
            }
        }
        catch (FaultException)
        {
            IsBroken = true;
            throw;
        }
    }
}
