using System.Text.RegularExpressions;
using MultiCluster.Terminal;
using YamlDotNet.Core;

namespace MultiCluster.Objects.Yaml;

/// <summary>How a text is written so that every reader, of YAML 1.1 or 1.2, takes it for a text.</summary>
internal static partial class YamlText
{
    public static ScalarStyle StyleOf(string text)
    {
        if (text.AsSpan().IndexOfAnyExcept(' ', '\n') < 0)
            return ScalarStyle.DoubleQuoted;
        if (IsBlock(text))
            return ScalarStyle.Literal;
        if (LooksLikeAnotherType(text) || HasOddCharacters(text))
            return ScalarStyle.DoubleQuoted;
        if (text.Contains(" *", StringComparison.Ordinal))
        {
            // Readers have taken this for an alias (YamlDotNet in a key), and people quote schedules anyway.
            return text.AsSpan().IndexOfAny('"', '\\') < 0 ? ScalarStyle.DoubleQuoted : ScalarStyle.SingleQuoted;
        }

        return ScalarStyle.Plain; // the emitter quotes it when it has to
    }

    /// <summary>A JSON number so that YAML 1.1 reads a number too: it asks for a dot and a sign of the exponent.</summary>
    public static string Number(string json)
    {
        var exponent = json.AsSpan().IndexOfAny('e', 'E');
        if (exponent < 0)
            return json;
        var mantissa = json[..exponent];
        var power = json[(exponent + 1)..];
        if (!mantissa.Contains('.', StringComparison.Ordinal))
            mantissa += ".0";
        return $"{mantissa}e{(power[0] is '+' or '-' ? "" : "+")}{power}";
    }

    /// <summary>
    /// True for texts that a reader of YAML 1.1 or 1.2 takes for null, a boolean, a number, a date, a merge key or a value key.
    /// </summary>
    public static bool LooksLikeAnotherType(string text) =>
        Word().IsMatch(text) || (MayBeNumber(text[0]) && (Number().IsMatch(text) || Timestamp().IsMatch(text)));

    private static bool MayBeNumber(char first) => char.IsAsciiDigit(first) || first is '+' or '-' or '.';

    /// <summary>Literal blocks carry neither a first line with leading space safely, nor anything but printable text.</summary>
    private static bool IsBlock(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal) || text[0] is ' ' or '\n' or '\t')
            return false;
        return !HasOddCharacters(text, allowBreaks: true) && !BlankLineOfSpaces().IsMatch(text);
    }

    /// <summary>Characters that YAML wants escaped, and those that a terminal must not get: YAML is read there, too.</summary>
    private static bool HasOddCharacters(string text, bool allowBreaks = false) =>
        text.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') >= 0
        || !ReferenceEquals(allowBreaks ? TerminalText.Visible(text) : TerminalText.VisibleLine(text), text);

    [GeneratedRegex("^(~|null|true|false|yes|no|on|off|y|n|=|<<)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    // Integers of every base, sexagesimal numbers, reals, infinity and not-a-number.
    [GeneratedRegex(
        @"^[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*(:[0-5]?[0-9])*(\.[0-9_]*)?|[0-9_]*\.[0-9_]+|\.inf|\.nan"
        + @"|([0-9][0-9_]*\.?[0-9_]*|\.[0-9_]+)e[-+]?[0-9]+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^\d{4}-\d\d?-\d\d?(([Tt]|[ \t]+)\d\d?:\d\d(:\d\d(\.\d*)?)?([ \t]*(Z|[-+]\d\d?(:?\d\d)?))?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Timestamp();

    [GeneratedRegex(@"(^|\n)[ \t]+(\n|$)", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLineOfSpaces();
}
