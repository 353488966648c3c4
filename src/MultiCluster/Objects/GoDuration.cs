using System.Buffers;
using System.Globalization;

namespace MultiCluster.Objects;

/// <summary>Spans of time as Go writes them, and with it every field of Kubernetes that is one: <c>15.2s</c>, <c>1h30m</c>, <c>2160h0m0s</c>.</summary>
/// <remarks><c>time.ParseDuration</c>.</remarks>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, decimal Nanoseconds)[] Units =
        [("ns", 1m), ("us", 1e3m), ("µs", 1e3m), ("μs", 1e3m), ("ms", 1e6m), ("s", 1e9m), ("m", 60e9m), ("h", 3600e9m)];

    /// <summary>Reads a span, exactly; false when the text is none. A number without a unit is none, but for 0.</summary>
    public static bool TryParse(string? text, out long nanoseconds)
    {
        nanoseconds = 0;
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (rest is ['-' or '+', ..])
            rest = rest[1..];
        if (rest is "0")
            return true;
        if (rest.IsEmpty)
            return false;
        var total = 0m;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || digits > 24 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return false;
            rest = rest[digits..];
            var end = rest.IndexOfAny(Digits);
            var unit = end < 0 ? rest : rest[..end];
            if (FactorOf(unit) is not { } factor || number > long.MaxValue / factor)
                return false;
            total += number * factor;
            rest = rest[unit.Length..];
        }

        if (total > long.MaxValue)
            return false;
        nanoseconds = negative ? -(long)total : (long)total;
        return true;
    }

    private static decimal? FactorOf(ReadOnlySpan<char> unit)
    {
        foreach (var (name, nanoseconds) in Units)
        {
            if (unit.SequenceEqual(name))
                return nanoseconds;
        }

        return null;
    }
}
