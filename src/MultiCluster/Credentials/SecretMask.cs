using System.Text.RegularExpressions;

namespace MultiCluster.Credentials;

/// <summary>Makes a plugin's stderr fit for a message: its last lines, in one, without anything that looks like a secret.</summary>
internal static partial class SecretMask
{
    private const string Mask = "***";
    private const int MaxLines = 4;
    private const int MaxLength = 400;

    /// <summary>True when a variable of this name is likely to hold a secret.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name);

    /// <summary>The last lines of <paramref name="text"/>.</summary>
    /// <param name="text">What the plugin wrote.</param>
    /// <param name="isCut">True when the text begins somewhere inside; the broken first word is dropped, for it may be half a secret.</param>
    /// <param name="secrets">Values known to be secret.</param>
    public static string Summarize(string text, bool isCut, IEnumerable<string> secrets)
    {
        if (isCut)
        {
            var end = text.AsSpan().IndexOfAny(" \t\r\n");
            text = end < 0 ? "" : text[end..];
        }

        text = WithoutEscapes(text);
        foreach (var secret in secrets.Where(static secret => secret.Length >= 4))
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        text = PrivateKey().Replace(text, Mask);
        text = UrlPassword().Replace(text, $"$1{Mask}@");
        text = Scheme().Replace(text, $"$1 {Mask}");
        text = Assigned().Replace(text, $"$1{Mask}");
        text = Flag().Replace(text, $"$1 {Mask}");
        text = Token().Replace(text, Mask);
        text = Run().Replace(text, static match => LooksRandom(match.ValueSpan) ? Mask : match.Value);

        var lines = text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var summary = string.Join("; ", lines.TakeLast(MaxLines)).TrimEnd('.');
        return summary.Length <= MaxLength ? summary : $"...{summary[^MaxLength..]}";
    }

    /// <summary>The text without terminal control sequences, other control characters except line breaks, and what turns the direction of writing.</summary>
    public static string WithoutEscapes(string text) => Control().Replace(text, "");

    // Names, paths and UUIDs are long too; tokens mix letters and digits.
    private static bool LooksRandom(ReadOnlySpan<char> run)
    {
        if (Guid.TryParseExact(run, "D", out _))
            return false;
        bool upper = false, lower = false, digit = false;
        foreach (var letter in run)
        {
            upper |= char.IsAsciiLetterUpper(letter);
            lower |= char.IsAsciiLetterLower(letter);
            digit |= char.IsAsciiDigit(letter);
        }

        var isPath = run.Contains('/');
        return digit && ((upper && lower) || (!isPath && run.Length >= 32)) || (upper && lower && !isPath && run.Length >= 40);
    }

    [GeneratedRegex("(token|secret|password|passwd|pwd|credential|api_?key|access_?key|private_?key)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]+-----.*?(-----END [A-Z0-9 ]+-----|$)", RegexOptions.Singleline)]
    private static partial Regex PrivateKey();

    [GeneratedRegex("(://)[^/?#\\s]*@")]
    private static partial Regex UrlPassword();

    [GeneratedRegex("\\b(bearer|basic)\\s+[^\\s\"',;]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(
        "([\\w.-]*(?:token|secret|password|passwd|passphrase|pwd|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?key|authorization|assertion)[\\w.-]*[\"']?\\s*[:=]\\s*|[?&](?:code|state|sig|signature)=)(?:\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s\"',;&]+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Assigned();

    [GeneratedRegex("(--?[\\w-]*(?:token|secret|password|passwd|passphrase|key)[\\w-]*)\\s+[^\\s-]\\S*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Flag();

    [GeneratedRegex("\\beyJ[\\w-]{5,}(\\.[\\w-]*)*")]
    private static partial Regex Token();

    [GeneratedRegex("[A-Za-z0-9+/_=-]{24,}")]
    private static partial Regex Run();

    [GeneratedRegex("\\x1B(\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1B]*(\\x07|\\x1B\\\\)|[@-Z\\\\-_])|[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F]|\\p{Cf}")]
    private static partial Regex Control();
}
