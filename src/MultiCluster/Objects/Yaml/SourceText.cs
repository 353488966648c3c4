using System.Text;

namespace MultiCluster.Objects.Yaml;

/// <summary>The text of a file whose encoding nobody has said.</summary>
internal static class SourceText
{
    internal static UTF8Encoding Strict => new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a file begins with the mark of UTF-16: Windows PowerShell's <c>&gt;</c> writes that.</summary>
    public static bool HasWideBom(ReadOnlySpan<byte> bytes, out Encoding encoding)
    {
        encoding = bytes.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode : Encoding.Unicode;
        return bytes.StartsWith(encoding.Preamble);
    }

    /// <summary>The text without its mark.</summary>
    /// <exception cref="YamlProblemException">It is no text.</exception>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        string text;
        if (HasWideBom(bytes, out var wide))
        {
            text = wide.GetString(bytes[2..]);
        }
        else
        {
            if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
            try
            {
                text = Strict.GetString(bytes);
            }
            catch (DecoderFallbackException e)
            {
                throw new YamlProblemException(PlaceOf(bytes, e.Index), "this is no text in UTF-8", "Save the file as UTF-8. If it is no text, leave it out.");
            }
        }

        return text.Contains('\0', StringComparison.Ordinal)
            ? throw new YamlProblemException(new(1, 1), "this is a binary file, or a text in another encoding than UTF-8", "Save the file as UTF-8. If it is no text, leave it out.")
            : text;
    }

    private static TextPlace PlaceOf(ReadOnlySpan<byte> bytes, int index)
    {
        var before = bytes[..Math.Clamp(index, 0, bytes.Length)];
        return new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}
