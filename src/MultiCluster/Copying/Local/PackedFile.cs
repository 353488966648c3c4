using MultiCluster.Faults;

namespace MultiCluster.Copying.Local;

/// <summary>Exactly so many bytes of a file as its archive says: what it has grown by is left out, and one that has shrunk is a fault.</summary>
internal sealed class PackedFile : Stream
{
    private readonly Stream? _file;
    private readonly string _path;
    private long _position;

    private PackedFile(Stream? file, string path, long length) => (_file, _path, Length) = (file, path, length);

    /// <summary>The file.</summary>
    /// <exception cref="FaultException">It cannot be read any more.</exception>
    public static Stream Open(LocalItem item)
    {
        try
        {
            return new PackedFile(new FileStream(item.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan), item.Path, item.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalFaults.Of($"read {item.Path}", e);
        }
    }

    /// <summary>So many zeros, to see how long an archive gets.</summary>
    public static Stream Blank(long length) => new PackedFile(null, "", length);

    public override bool CanRead => true;

    /// <summary>True, so that the writer of archives asks for the length and keeps nothing in memory. It does not seek.</summary>
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = buffer[..(int)Math.Min(buffer.Length, Length - _position)];
        if (wanted.IsEmpty)
            return 0;
        if (_file is null)
        {
            wanted.Span.Clear();
            _position += wanted.Length;
            return wanted.Length;
        }

        var count = await ReadFileAsync(wanted, cancellationToken).ConfigureAwait(false);
        if (count == 0)
            throw LocalFaults.Invalid($"{_path} has become shorter while it was copied", "Copy it when nobody writes it, or copy it to another place first.");
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file?.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadFileAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _file!.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw LocalFaults.Of($"read {_path}", e);
        }
    }
}
