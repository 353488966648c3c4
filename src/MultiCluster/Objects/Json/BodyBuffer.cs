using System.Buffers;

namespace MultiCluster.Objects.Json;

/// <summary>What has arrived of a body and has not been cut yet: rented bytes, as many as the largest item needs.</summary>
internal sealed class BodyBuffer : IDisposable
{
    /// <summary>TLS hands out at most 16 KiB a read. Small answers come in one, and a call to hundreds of clusters reads as many of them at once.</summary>
    private const int First = 16 * 1024;

    /// <summary>For a body that goes on after that: four reads fit before the bytes are moved.</summary>
    private const int Usual = 64 * 1024;

    /// <summary>A buffer beyond this is given back as soon as it is empty: one large item must not cost memory for hours.</summary>
    private const int Large = 1024 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(First);
    private int _start;
    private int _end;

    /// <summary>What has not been cut.</summary>
    public ReadOnlySpan<byte> Pending => _bytes.AsSpan(_start.._end);

    /// <summary>Where the next read writes to; <see cref="MakeRoom"/> first.</summary>
    public Memory<byte> Room => _bytes.AsMemory(_end);

    /// <summary>So many bytes have been written into <see cref="Room"/>.</summary>
    public void Wrote(int bytes) => _end += bytes;

    /// <summary>So many of the pending bytes have been cut.</summary>
    public void Cut(int bytes) => _start += bytes;

    /// <summary>Makes room for a read; false when more than <paramref name="most"/> bytes are pending.</summary>
    public bool MakeRoom(int most)
    {
        if (_start == _end && _bytes.Length > Large)
            Replace(Usual);
        if (_end > 0 && _bytes.Length < Usual)
            Replace(Usual);
        if (_end < _bytes.Length && _end - _start < _bytes.Length / 2)
            return true;
        if (_end - _start > most)
            return false;
        if (_end - _start > _bytes.Length / 2)
            Replace(_bytes.Length * 2);
        else
            MoveTo(_bytes);
        return true;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = _end = 0;
    }

    private void Replace(int size)
    {
        var old = _bytes;
        MoveTo(ArrayPool<byte>.Shared.Rent(size));
        ArrayPool<byte>.Shared.Return(old);
    }

    private void MoveTo(byte[] bytes)
    {
        Pending.CopyTo(bytes);
        _bytes = bytes;
        _end -= _start;
        _start = 0;
    }
}
