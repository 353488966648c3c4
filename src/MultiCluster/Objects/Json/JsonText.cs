using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MultiCluster.Objects.Json;

/// <summary>JSON scalars to .NET values.</summary>
internal static class JsonText
{
    /// <summary>The text of a JSON string, given without its quotes.</summary>
    public static string Unescape(ReadOnlySpan<byte> content) => LenientJson.Unescape(content);

    /// <summary>A number as PowerShell's own JSON reader gives it: long, else decimal when exact, else double.</summary>
    public static object? Number(ReadOnlySpan<byte> raw)
    {
        if (Utf8Parser.TryParse(raw, out long whole, out var used) && used == raw.Length)
            return whole;
        if (Utf8Parser.TryParse(raw, out double real, out used, 'e') && used == raw.Length)
            return real;
        return double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out real) ? real : Encoding.UTF8.GetString(raw);
    }
}
