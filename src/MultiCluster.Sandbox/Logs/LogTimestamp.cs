using System.Globalization;
using System.Text;

namespace MultiCluster.Sandbox.Logs;

/// <summary>The time before a line: RFC 3339 with nanoseconds. Only what changes from one line to the next is formatted.</summary>
internal sealed class LogTimestamp(ClusterLogs settings)
{
    private const int Digits = 9;

    private readonly byte[] _text = new byte[40];
    private readonly byte[] _zone = Zone(settings.UtcOffset);
    private readonly bool _trims = settings.TrimsTimestamps;
    private readonly TimeSpan _offset = settings.UtcOffset;
    private long _second = long.MinValue;
    private int _fraction;

    /// <summary>The time and a space; good until the next call.</summary>
    public ReadOnlySpan<byte> Of(long nanoseconds)
    {
        var (second, rest) = (Math.DivRem(nanoseconds, 1_000_000_000).Quotient, (int)(nanoseconds % 1_000_000_000));
        if (second != _second)
        {
            _second = second;
            var local = DateTimeOffset.FromUnixTimeSeconds(second).ToOffset(_offset).DateTime;
            _fraction = Encoding.ASCII.GetBytes(local.ToString("yyyy-MM-dd'T'HH:mm:ss'.'", CultureInfo.InvariantCulture), _text);
        }
        var length = _fraction + Digits;
        for (var i = length - 1; i >= _fraction; i--)
        {
            _text[i] = (byte)('0' + (rest % 10));
            rest /= 10;
        }
        if (_trims)
        {
            while (_text[length - 1] == '0') length--;
            if (_text[length - 1] == '.') length--;
        }
        _zone.CopyTo(_text, length);
        return _text.AsSpan(0, length + _zone.Length);
    }

    private static byte[] Zone(TimeSpan offset) =>
        Encoding.ASCII.GetBytes(offset == TimeSpan.Zero ? "Z " : $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm} ");
}
