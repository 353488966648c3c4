using System.Buffers;

namespace MultiCluster.Logs.Lines;

/// <summary>A line as it stands in the buffer; lives until the next one is read.</summary>
internal readonly ref struct RawLine
{
    public RawLine(long? nanoseconds, ReadOnlySpan<byte> text)
    {
        Nanoseconds = nanoseconds;
        Text = text;
    }

    /// <summary>Its time; null when none stands before it.</summary>
    public long? Nanoseconds { get; }

    /// <summary>The text, without time and end of line.</summary>
    public ReadOnlySpan<byte> Text { get; }
}

/// <summary>
/// Cuts a log's body into lines, as bytes. The buffer is rented and grows to the longest line, at most to a bound: a longer line comes
/// in pieces of that many bytes, its time included, which all have that time.
/// </summary>
internal sealed class LogLineReader(Stream body, int maxLineBytes) : IDisposable
{
    /// <summary>TLS hands out at most 16 KiB a read; two of them fit before the buffer is compacted.</summary>
    private const int InitialBuffer = 32 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
    private LogTimestamp _timestamp;
    private long? _pieceOf;
    private bool _inPieces;
    private int _start;
    private int _scanned;
    private int _end;

    /// <summary>Bytes of the last read; a read that brought little has emptied the socket.</summary>
    public int LastRead { get; private set; }

    /// <summary>True when a line has begun whose end has not come.</summary>
    public bool InMiddle => _end > _start || _inPieces;

    /// <summary>Reads what the body brings next; false at its end.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        LastRead = await body.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += LastRead;
        return LastRead > 0;
    }

    /// <summary>The next line that has arrived whole, or the next piece of one that is too long.</summary>
    public bool TryNext(out RawLine line)
    {
        var found = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
        _scanned = found < 0 ? _end : _scanned + found;
        if (_scanned - _start > maxLineBytes)
        {
            var end = _scanned;
            line = Take(_start + maxLineBytes, 0, ends: false);
            _scanned = end;
            return true;
        }

        line = found < 0 ? default : Take(_scanned, 1, ends: true);
        return found >= 0;
    }

    /// <summary>What stands after the last end of line when the body has ended.</summary>
    public bool TryLast(out RawLine line)
    {
        line = default;
        if (_end == _start)
            return false;
        line = Take(_end, 0, ends: true);
        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _scanned = _end = 0;
    }

    private RawLine Take(int end, int separator, bool ends)
    {
        var text = _buffer.AsSpan(_start, end - _start);
        long? nanoseconds;
        if (_inPieces)
        {
            nanoseconds = _pieceOf;
        }
        else
        {
            nanoseconds = _timestamp.TryRead(text, out var read, out var length) ? read : null;
            text = text[length..];
        }

        if (ends && text is [.., (byte)'\r'])
            text = text[..^1];
        _pieceOf = nanoseconds;
        _inPieces = !ends;
        _start = _scanned = end + separator;
        return new RawLine(nanoseconds, text);
    }

    private void MakeRoom()
    {
        if (_start == _end)
            _start = _scanned = _end = 0;
        if (_end < _buffer.Length)
            return;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _scanned -= _start;
            _start = 0;
        }

        if (_end < _buffer.Length / 2)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
