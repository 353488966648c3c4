using System.Buffers;
using System.Globalization;
using System.Text;

namespace MultiCluster.Terminal;

/// <summary>
/// Texts of others as a terminal may show them. What would move its cursor, rewrite what it has shown, turn the writing direction or be
/// invisible comes as <c>\u001b</c>: a name must not be taken for another, nor for a command to the terminal.
/// </summary>
internal static class TerminalText
{
    private const char Escape = '\e';
    private const string Reset = "\e[0m";

    /// <summary>A colour takes fewer characters.</summary>
    private const int MaxColour = 32;

    /// <summary>The first half of the tags' surrogate pairs (U+E0000).</summary>
    private const int TagSurrogate = 0xDB40;

    /// <summary>All bytes but those of harmless ASCII, and the one that escapes in JSON.</summary>
    private static readonly SearchValues<byte> Suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(static value => (byte)value).Where(static value => value is not ((>= (byte)' ' and <= (byte)'~') or (byte)'\t' or (byte)'\n') || value == (byte)'\\')]);

    private static readonly SearchValues<char> ColourLetters = SearchValues.Create("0123456789;:");

    private enum Kept
    {
        Nothing,
        Breaks,
        BreaksAndColours,
    }

    /// <summary>The text with everything but tabs and line breaks escaped; itself when there is nothing to escape.</summary>
    public static string Visible(string text) => Shown(text, Kept.Breaks);

    /// <inheritdoc cref="Visible(string)"/>
    public static string? VisibleOrNull(string? text) => text is null ? null : Visible(text);

    /// <summary>The text as one line: tabs and line breaks are escaped, too.</summary>
    public static string VisibleLine(string text) => Shown(text, Kept.Nothing);

    /// <summary>The text as <see cref="Visible"/> gives it, with its colours (<c>ESC [ 31 m</c>), which end with it.</summary>
    public static string VisibleWithColours(string text) => Shown(text, Kept.BreaksAndColours);

    /// <summary>Whether the text is shown as it is, on one line.</summary>
    public static bool IsPlainLine(string text) => ReferenceEquals(VisibleLine(text), text);

    /// <summary>Whether texts in UTF-8, or in JSON with its own escapes, are shown as they are; false for some that would be.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text, bool json)
    {
        for (var at = text.IndexOfAny(Suspects); at >= 0; at = text.IndexOfAny(Suspects))
        {
            text = text[at..];
            var length = 1;
            if (text[0] == (byte)'\\')
            {
                if (json && !IsPlainEscape(text, out length))
                    return false;
            }
            else if (Rune.DecodeFromUtf8(text, out var rune, out length) == OperationStatus.Done && !IsHarmless(rune, Kept.Breaks, after: ' '))
            {
                return false;
            }

            text = text[Math.Min(length, text.Length)..];
        }

        return true;
    }

    private static bool IsPlainEscape(ReadOnlySpan<byte> text, out int length)
    {
        length = text is [_, (byte)'u', ..] ? 6 : 2;
        if (length == 2)
            return text.Length < 2 || text[1] is not ((byte)'b' or (byte)'f' or (byte)'r');

        // Half a pair is none or any; of whole ones tags alone hide.
        return text.Length >= 6 && ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            && (Rune.TryCreate((char)unit, out var rune) ? IsHarmless(rune, Kept.Breaks, after: ' ') : unit != TagSurrogate);
    }

    private static string Shown(string text, Kept kept)
    {
        var at = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (at < 0)
            return text;
        StringBuilder? shown = null;
        var copied = 0;
        var coloured = false;
        while (at < text.Length)
        {
            if (text[at] is >= ' ' and <= '~')
            {
                at++;
                continue;
            }

            if (kept == Kept.BreaksAndColours && Colour(text.AsSpan(at)) is { Length: > 0 } colour)
            {
                coloured = colour is not ("\e[m" or Reset);
                at += colour.Length;
                continue;
            }

            var isText = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) == OperationStatus.Done;
            if (!isText || !IsHarmless(rune, kept, after: at == 0 ? ' ' : text[at - 1]))
            {
                shown ??= new StringBuilder(text.Length + 16);
                shown.Append(text, copied, at - copied);
                if (length == 1)
                    shown.Append(CultureInfo.InvariantCulture, $@"\u{(int)text[at]:x4}");
                else
                    shown.Append(CultureInfo.InvariantCulture, $@"\U{rune.Value:x8}");
                copied = at + length;
            }

            at += length;
        }

        var whole = shown is null ? text : shown.Append(text, copied, text.Length - copied).ToString();
        return coloured ? whole + Reset : whole;
    }

    private static bool IsHarmless(Rune rune, Kept kept, char after) => rune.Value switch
    {
        '\t' or '\n' => kept != Kept.Nothing,

        // Emoji and some scripts are written with joiners and non-joiners; in a Latin name they only hide.
        0x200C or 0x200D => after > '~',
        _ => Rune.GetUnicodeCategory(rune) is not
            (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator),
    };

    /// <summary>The colour that the text begins with (ECMA-48 Select Graphic Rendition); empty when there is none.</summary>
    private static ReadOnlySpan<char> Colour(ReadOnlySpan<char> text)
    {
        if (text is not [Escape, '[', .. var rest])
            return default;
        var end = rest[..Math.Min(rest.Length, MaxColour)].IndexOfAnyExcept(ColourLetters);
        return end >= 0 && rest[end] == 'm' ? text[..(end + 3)] : default;
    }
}
