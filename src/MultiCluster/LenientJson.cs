using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MultiCluster;

/// <summary>
/// Texts of JSON that others wrote. Half a surrogate pair (<c>"\ud800"</c>) is legal JSON and no legal text: it becomes U+FFFD, as do
/// bytes that are no UTF-8 and escapes that are none, where System.Text.Json throws. It throws for names, too, and so they are compared here.
/// </summary>
internal static class LenientJson
{
    private const int EscapeLength = 6;

    /// <summary>The text of a string; null when the element is no string.</summary>
    public static string? TextOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? Unescape(JsonMarshal.GetRawUtf8Value(element)[1..^1]) : null;

    /// <summary>The text of a string of an object; null when it has none of the name.</summary>
    public static string? TextOf(JsonElement parent, string name) => MemberOf(parent, name) is { } value ? TextOf(value) : null;

    /// <summary>An object's member of that exact name, the last if there are several; null when there is none, or <paramref name="parent"/> is no object.</summary>
    public static JsonElement? MemberOf(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object)
            return null;
        JsonElement? found = null;
        foreach (var member in parent.EnumerateObject())
        {
            if (Is(JsonMarshal.GetRawUtf8PropertyName(member), name))
                found = member.Value;
        }

        return found;
    }

    /// <summary>The text of the string or the name that the reader stands on.</summary>
    public static string TextOf(ref Utf8JsonReader reader) => Unescape(reader.ValueSpan);

    /// <summary>Whether the string or the name that the reader stands on is this text.</summary>
    public static bool TextIs(ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.ValueIsEscaped ? Unescape(reader.ValueSpan) == Encoding.UTF8.GetString(text) : reader.ValueSpan.SequenceEqual(text);

    /// <summary>The text of a JSON string, given without its quotes.</summary>
    public static string Unescape(ReadOnlySpan<byte> content)
    {
        if (!content.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(content);
        var text = new StringBuilder(content.Length);
        while (content.IndexOf((byte)'\\') is >= 0 and var at)
        {
            text.Append(Encoding.UTF8.GetString(content[..at]));
            content = content[(at + 1)..];
            switch (content)
            {
                case []:
                    text.Append('\uFFFD');
                    break;
                case [(byte)'u', ..] when content.Length > 4 && ushort.TryParse(content[1..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                    text.Append((char)unit);
                    content = content[5..];
                    break;
                default:
                    text.Append(content[0] switch
                    {
                        (byte)'n' => '\n',
                        (byte)'t' => '\t',
                        (byte)'r' => '\r',
                        (byte)'b' => '\b',
                        (byte)'f' => '\f',
                        (byte)'"' or (byte)'\\' or (byte)'/' => (char)content[0],
                        _ => '\uFFFD',
                    });
                    content = content[1..];
                    break;
            }
        }

        text.Append(Encoding.UTF8.GetString(content));
        return WellFormed(text.ToString());
    }

    /// <summary>
    /// Puts U+FFFD in place of each escaped half of a surrogate pair, in names and values alike, so that System.Text.Json can do everything
    /// with the text: read it, compare its names, write it back.
    /// </summary>
    public static void Repair(Span<byte> json)
    {
        while (json.IndexOf((byte)'\\') is >= 0 and var at && at + 1 < json.Length)
        {
            json = json[at..];
            if (!IsUnit(json, out var unit))
            {
                json = json[2..];
                continue;
            }

            var isPair = char.IsHighSurrogate(unit) && IsUnit(json[EscapeLength..], out var second) && char.IsLowSurrogate(second);
            if (char.IsSurrogate(unit) && !isPair) "\\ufffd"u8.CopyTo(json);
            json = json[(isPair ? 2 * EscapeLength : EscapeLength)..];
        }
    }

    private static bool IsUnit(ReadOnlySpan<byte> json, out char unit)
    {
        var digits = json is [(byte)'\\', (byte)'u', _, _, _, _, ..] ? json[2..EscapeLength] : [];
        var isUnit = ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        unit = (char)value;
        return isUnit;
    }

    /// <summary>The text with U+FFFD in place of each half of a surrogate pair.</summary>
    public static string WellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out _, out var used) != OperationStatus.Done)
                return string.Concat(text.EnumerateRunes()); // runes replace what is none
            at += used - 1;
        }

        return text;
    }

    private static bool Is(ReadOnlySpan<byte> raw, string name) =>
        raw.Contains((byte)'\\') ? Unescape(raw) == name : Encoding.UTF8.GetByteCount(name) == raw.Length && Encoding.UTF8.GetString(raw) == name;
}
