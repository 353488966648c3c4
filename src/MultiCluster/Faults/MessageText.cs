using System.Text;
using System.Text.RegularExpressions;

namespace MultiCluster.Faults;

/// <summary>Makes text that a server sent fit for a message: one line, bounded, without control characters and without credentials.</summary>
internal static partial class MessageText
{
    /// <summary>Characters of a server's text that a message keeps.</summary>
    public const int MaxLength = 512;

    /// <summary><paramref name="text"/> as one line of at most <paramref name="maxLength"/> characters, without a full stop at its end.</summary>
    public static string OneLine(string text, int maxLength = MaxLength)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxLength) + 1);
        var space = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format)
            {
                space = line.Length > 0;
                continue;
            }

            if (space)
                line.Append(' ');
            space = false;
            line.Append(c);

            // Twice the bound is enough to mask a token that reaches over it.
            if (line.Length > maxLength * 2)
                break;
        }

        var masked = Masked(line.ToString());
        if (masked.Length <= maxLength)
            return masked.TrimEnd('.', ' ');
        var end = char.IsHighSurrogate(masked[maxLength - 2]) ? maxLength - 2 : maxLength - 1;
        return string.Concat(masked.AsSpan(0, end).TrimEnd(), "…");
    }

    /// <summary><paramref name="text"/> with bearer tokens, JSON web tokens and passwords in addresses replaced by <c>***</c>.</summary>
    public static string Masked(string text) => UserInfo().Replace(WebToken().Replace(Scheme().Replace(text, "$1 ***"), "***"), "://***@");

    [GeneratedRegex(@"\b(Bearer|Basic)\s+(?!token\b|auth)[A-Za-z0-9\-._~+/]{8,}=*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_\-]{5,}\.[A-Za-z0-9_\-]*(\.[A-Za-z0-9_\-]*)?", RegexOptions.CultureInvariant)]
    private static partial Regex WebToken();

    [GeneratedRegex(@"://[^/?#\s]*@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();
}
