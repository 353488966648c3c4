namespace MultiCluster.Exec;

/// <summary>
/// Cuts bytes that come in pieces into lines, which end with LF or CR LF. A line longer than the bound comes in pieces of that many bytes; a
/// character of several bytes is never divided by what arrives when, since lines are bytes until they are whole.
/// </summary>
internal sealed class LineCutter(int maxLineBytes)
{
    private byte[] _rest = [];
    private int _length;

    /// <summary>The lines that have ended by <paramref name="bytes"/>.</summary>
    public IEnumerable<byte[]> Cut(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            var room = maxLineBytes - _length;
            if (end >= 0 && end <= room)
            {
                yield return Take(bytes.Span[..end], ends: true);
                bytes = bytes[(end + 1)..];
            }
            else if (bytes.Length > room)
            {
                yield return Take(bytes.Span[..room], ends: false);
                bytes = bytes[room..];
            }
            else
            {
                Keep(bytes.Span);
                yield break;
            }
        }
    }

    /// <summary>What stands after the last end of line; null when nothing does.</summary>
    public byte[]? Last() => _length == 0 ? null : Take([], ends: true);

    private byte[] Take(ReadOnlySpan<byte> last, bool ends)
    {
        var line = new byte[_length + last.Length];
        _rest.AsSpan(0, _length).CopyTo(line);
        last.CopyTo(line.AsSpan(_length));
        _length = 0;
        return ends && line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _rest.Length)
            Array.Resize(ref _rest, Math.Max(_length + bytes.Length, Math.Min(_rest.Length * 2, maxLineBytes)));
        bytes.CopyTo(_rest.AsSpan(_length));
        _length += bytes.Length;
    }
}
