using System.Security.Cryptography;

namespace MultiCluster.Sandbox.Containers;

/// <summary>What there is in a container's <c>/dev</c>.</summary>
internal static class Devices
{
    public static bool Has(string path) => path is "/dev/null" or "/dev/zero" or "/dev/random" or "/dev/urandom";

    /// <summary>A device opened; null when the path is none.</summary>
    public static Stream? Open(string path) => path switch
    {
        "/dev/null" => Stream.Null,
        "/dev/zero" => new EndlessStream(static buffer => buffer.Clear()),
        "/dev/random" or "/dev/urandom" => new EndlessStream(RandomNumberGenerator.Fill),
        _ => null,
    };

    private delegate void Filler(Span<byte> buffer);

    private sealed class EndlessStream(Filler fill) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            fill(buffer.AsSpan(offset, count));
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            fill(buffer.Span);
            return ValueTask.FromResult(buffer.Length);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            // As a device takes it.
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
