using System.Globalization;
using System.Text;

namespace MultiCluster.Sandbox.Logs;

/// <summary>What an application says: lines as JSON, as logfmt or as coloured text, each with its number. The bytes around the number are made once.</summary>
internal sealed class LogLines
{
    /// <summary>No line is longer than so many bytes.</summary>
    public const int Longest = 512;

    private const char Number = '#';

    private static readonly (string Level, string Message, string Path, int Status, int Milliseconds)[] Stories =
    [
        ("info", "request served", "/api/items", 200, 12), ("info", "request served", "/api/items/17", 200, 4), ("info", "request served", "/healthz", 200, 1),
        ("info", "request served", "/api/search?q=gr\u00f6\u00dfe", 200, 31), ("debug", "cache miss", "/api/items/42", 200, 7),
        ("info", "request served", "/api/orders", 201, 55), ("warn", "slow request", "/api/reports", 200, 1804), ("info", "request served", "/api/items/9", 404, 3),
        ("debug", "connection reused", "/api/items/8", 200, 2), ("error", "upstream failed: dial tcp 10.0.3.7:5432: connect: connection refused", "/api/orders", 502, 3001),
        ("info", "request served \u2192 cached", "/api/items/3", 304, 1),
    ];

    private static readonly Func<(string Level, string Message, string Path, int Status, int Milliseconds), string>[] Shapes =
    [
        s => $$"""{"level":"{{s.Level}}","msg":"{{s.Message}}","path":"{{s.Path}}","status":{{s.Status}},"durationMs":{{s.Milliseconds}},"seq":{{Number}}}""",
        s => $"level={s.Level} msg=\"{s.Message}\" path={s.Path} status={s.Status} duration={s.Milliseconds}ms seq={Number}",
        s => $"\e[{(s.Level is "error" or "warn" ? 31 : 32)}m{s.Level.ToUpperInvariant(),-5}\e[0m {s.Message} {s.Path} {s.Status} in {s.Milliseconds} ms seq={Number}",
    ];

    private readonly (byte[] Before, byte[] After)[] _templates;
    private readonly long _seed;

    public LogLines(int seed)
    {
        _seed = seed;
        var shape = Shapes[(int)(Mix(seed) % Shapes.Length)];
        _templates = [.. Stories.Select(s => shape(s).Split(Number)).Select(parts => (Encoding.UTF8.GetBytes(parts[0]), Encoding.UTF8.GetBytes(parts[1] + "\n")))];
    }

    /// <summary>Writes a line; says how long it is.</summary>
    public int Write(long number, Span<byte> room)
    {
        var (before, after) = _templates[(int)(Mix(number + _seed) % _templates.Length)];
        before.CopyTo(room);
        number.TryFormat(room[before.Length..], out var digits, provider: CultureInfo.InvariantCulture);
        after.CopyTo(room[(before.Length + digits)..]);
        return before.Length + digits + after.Length;
    }

    /// <summary>A number that looks random, and is the same every time; not negative.</summary>
    public static long Mix(long value)
    {
        var mixed = unchecked((ulong)value * 0x9E3779B97F4A7C15UL);
        mixed ^= mixed >> 29;
        return (long)(mixed & long.MaxValue);
    }
}
