using System.Buffers.Binary;

namespace MultiCluster.Logs.Lines;

/// <summary>
/// Reads the RFC 3339 time that a kubelet writes before each line (<c>2026-01-31T12:00:00.123456789Z text</c>), in nanoseconds since 1970.
/// Keeps the second it read last: most lines share it with the line before.
/// </summary>
internal struct LogTimestamp
{
    private const int SecondLength = 19;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private ulong _date;
    private ulong _time;
    private uint _tail;
    private long _seconds;

    /// <summary>Reads the time at the start of <paramref name="line"/>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="nanoseconds">The time, whatever its zone.</param>
    /// <param name="length">How many bytes it takes, the space after it included.</param>
    public bool TryRead(ReadOnlySpan<byte> line, out long nanoseconds, out int length)
    {
        nanoseconds = 0;
        length = 0;
        if (line.Length <= SecondLength || !TryReadSecond(line))
            return false;
        var at = SecondLength;
        long fraction = 0;
        if (line[at] == (byte)'.')
        {
            at++;
            var scale = NanosecondsPerSecond;
            for (; at < line.Length && scale > 1 && Digit(line[at]) is var digit and >= 0; at++)
            {
                scale /= 10;
                fraction += digit * scale;
            }
        }

        if (!TryReadZone(line, ref at, out var offset) || (at < line.Length && line[at] != (byte)' '))
            return false;
        nanoseconds = ((_seconds - offset) * NanosecondsPerSecond) + fraction;
        length = Math.Min(at + 1, line.Length);
        return true;
    }

    private bool TryReadSecond(ReadOnlySpan<byte> line)
    {
        var date = BinaryPrimitives.ReadUInt64LittleEndian(line);
        var time = BinaryPrimitives.ReadUInt64LittleEndian(line[8..]);
        var tail = BinaryPrimitives.ReadUInt32LittleEndian(line[15..]);
        if (date == _date && time == _time && tail == _tail)
            return true;
        if (line[4] != (byte)'-' || line[7] != (byte)'-' || line[10] != (byte)'T' || line[13] != (byte)':' || line[16] != (byte)':')
            return false;
        var (year, month, day) = (Pair(line, 0) * 100 + Pair(line, 2), Pair(line, 5), Pair(line, 8));
        var (hour, minute, second) = (Pair(line, 11), Pair(line, 14), Pair(line, 17));

        // Nanoseconds since 1970 fit a long from 1678 to 2262.
        if (year is < 1700 or > 2200 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
            return false;
        _seconds = ((new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) + second;
        (_date, _time, _tail) = (date, time, tail);
        return true;
    }

    private static bool TryReadZone(ReadOnlySpan<byte> line, ref int at, out int seconds)
    {
        seconds = 0;
        if (at >= line.Length)
            return false;
        var sign = line[at++];
        if (sign == (byte)'Z')
            return true;
        if (sign is not ((byte)'+' or (byte)'-') || line.Length < at + 5 || line[at + 2] != (byte)':')
            return false;
        var (hours, minutes) = (Pair(line, at), Pair(line, at + 3));
        if (hours is < 0 or > 23 || minutes is < 0 or > 59)
            return false;
        seconds = ((hours * 60) + minutes) * (sign == (byte)'-' ? -60 : 60);
        at += 5;
        return true;
    }

    /// <summary>Two digits, or a negative number.</summary>
    private static int Pair(ReadOnlySpan<byte> line, int at) => (Digit(line[at]), Digit(line[at + 1])) switch
    {
        ( >= 0 and var tens, >= 0 and var ones) => (tens * 10) + ones,
        _ => -1_000,
    };

    private static int Digit(byte letter) => letter is >= (byte)'0' and <= (byte)'9' ? letter - '0' : -1;
}
