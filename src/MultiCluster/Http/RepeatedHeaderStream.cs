namespace MultiCluster.Http;

/// <summary>
/// Sends a header with several values as several header lines. HttpClient joins them with commas, and an API server reads
/// <c>Impersonate-Group: a, b</c> as one group of that name. The values are handed to HttpClient joined by <see cref="Separator"/>,
/// a control character that neither headers nor JSON nor YAML can hold, and it is replaced on the way out.
/// Only connections of users who impersonate several groups pass through here.
/// </summary>
internal sealed class RepeatedHeaderStream(Stream inner, IReadOnlyList<byte[]> lineStarts) : Stream
{
    /// <summary>Stands for "end this line and begin the header again"; followed by one character, the header's number in the list plus <see cref="FirstNumber"/>.</summary>
    public const char Separator = '\u0001';

    /// <summary>The character of header number 0.</summary>
    public const char FirstNumber = '0';

    private bool _afterSeparator;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (_afterSeparator)
            {
                _afterSeparator = false;
                await inner.WriteAsync(lineStarts[buffer.Span[0] - FirstNumber], cancellationToken).ConfigureAwait(false);
                buffer = buffer[1..];
                continue;
            }

            var at = buffer.Span.IndexOf((byte)Separator);
            var plain = at < 0 ? buffer : buffer[..at];
            if (plain.Length > 0)
                await inner.WriteAsync(plain, cancellationToken).ConfigureAwait(false);
            _afterSeparator = at >= 0;
            buffer = at < 0 ? default : buffer[(at + 1)..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
