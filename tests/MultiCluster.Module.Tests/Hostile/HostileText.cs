using System.Globalization;
using System.Text;

namespace MultiCluster.Module.Tests.Hostile;

/// <summary>Texts that run something where they get into a script, and do something where they get to a terminal.</summary>
internal static class HostileText
{
    /// <summary>What a text that is run makes: a file beside the shell, and a variable.</summary>
    public const string Trace = "ran";

    private const string Script = $"Set-Content {Trace} 1; $global:{Trace} = 1";

    /// <summary>The window's title, a cleared screen with and without ESC, a turned direction, what hides, and ends of lines.</summary>
    private const string Escapes = "\e]0;title\a\e[2J\u009b2J\u0085\u202e\u2066\u200b\u00ad\x7f\r\u2028";

    /// <summary>A text for each way out of a script's string: PowerShell has nine quotes.</summary>
    public static IReadOnlyList<string> Scripts { get; } =
    [
        .. "'’‘‚‛\"“”„".Select(static quote => $"State{quote}]; {Script}; $_.Columns[{quote}State"),
        $"State$({Script}) `$({Script}); {Script} | {Script} #",
    ];

    /// <summary>These, each with escapes at its end.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Scripts.Select(static text => text + Escapes)];

    /// <summary>The first character that a terminal would obey or not show; null for none.</summary>
    public static string? Harm(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
                return $"half a surrogate pair in {Escaped(text, at)}";
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value is not ('\n' or '\t') && category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return $"U+{rune.Value:X4} in {Escaped(text, at)}";
            at += rune.Utf16SequenceLength - 1;
        }

        return null;
    }

    private static string Escaped(string text, int at) => System.Text.Json.JsonSerializer.Serialize(text[Math.Max(0, at - 160)..Math.Min(text.Length, at + 20)]);
}
