using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MultiCluster.Resources.Json;

/// <summary>JSON scalars to .NET values.</summary>
internal static class JsonText
{
    /// <summary>The text of a JSON string, given without its quotes.</summary>
    public static string Unescape(ReadOnlySpan<byte> content)
    {
        if (!content.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(content);
        var quoted = new byte[content.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        content.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }

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
