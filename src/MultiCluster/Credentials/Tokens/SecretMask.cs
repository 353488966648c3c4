using System.Text.RegularExpressions;

namespace MultiCluster.Credentials;

/// <summary>Makes a plugin's stderr fit for a message: its last lines, in one, without anything that looks like a secret.</summary>
internal static partial class SecretMask
{
    private const string Mask = "***";
    private const int MaxLines = 4;
    private const int MaxLength = 400;

    /// <summary>A value of this length is no part of other words; a shorter one is masked only where it stands by itself.</summary>
    internal const int DistinctLength = 8;

    /// <summary>Masking anything shorter would take the sense out of every message.</summary>
    private const int ShortestLength = 4;

    /// <summary>True when a variable of this name is likely to hold a secret.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name);

    /// <summary>True when a value is long enough to be masked without taking the sense out of a message.</summary>
    public static bool CanBeMasked(string value) => value.Length >= ShortestLength && value.Any(char.IsLetterOrDigit);

    /// <summary>True when a text is likely to be a secret by its looks: a token, or many letters and digits without order.</summary>
    public static bool LooksSecret(string text) => Token().IsMatch(text) || Run().EnumerateMatches(text) is var runs && Any(runs, text);

    /// <summary>The last lines of <paramref name="text"/>.</summary>
    /// <param name="text">What the plugin wrote.</param>
    /// <param name="isCut">True when the text begins somewhere inside; the broken first word is dropped, for it may be half a secret.</param>
    /// <param name="secrets">Values known to be secret.</param>
    public static string Summarize(string text, bool isCut, IEnumerable<string> secrets)
    {
        string[] known = [.. secrets.Where(CanBeMasked)];
        if (isCut)
        {
            text = WithoutTail(text, known);
            var end = text.AsSpan().IndexOfAny(" \t\r\n");
            text = end < 0 ? "" : text[end..];
        }

        // Before and after: a value may have several lines, and a plugin may colour what it says.
        text = WithoutEscapes(Hide(text, known));
        text = Hide(text, known);
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

    private static string Hide(string text, string[] secrets)
    {
        foreach (var secret in secrets)
        {
            for (var at = text.IndexOf(secret, StringComparison.Ordinal); at >= 0; at = text.IndexOf(secret, at, StringComparison.Ordinal))
            {
                if (secret.Length >= DistinctLength || StandsAlone(text, at, secret.Length))
                    text = string.Concat(text.AsSpan(0, at), Mask, text.AsSpan(at + secret.Length));
                at = Math.Min(at + Mask.Length, text.Length);
            }
        }

        return text;
    }

    private static bool StandsAlone(string text, int at, int length) =>
        (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + length == text.Length || !char.IsLetterOrDigit(text[at + length]));

    /// <summary>A text that begins inside a secret, without what it has of it: one with blanks is more than a word.</summary>
    private static string WithoutTail(string text, string[] secrets)
    {
        var longest = 0;
        foreach (var secret in secrets)
        {
            for (var length = Math.Min(secret.Length - 1, text.Length); length > longest; length--)
            {
                if (text.AsSpan().StartsWith(secret.AsSpan(secret.Length - length), StringComparison.Ordinal))
                    longest = length;
            }
        }

        return text[longest..];
    }

    private static bool Any(Regex.ValueMatchEnumerator runs, string text)
    {
        foreach (var run in runs)
        {
            if (LooksRandom(text.AsSpan(run.Index, run.Length)))
                return true;
        }

        return false;
    }

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

    [GeneratedRegex("(token|secret|password|passwd|pwd|credential|api[_-]?key|access[_-]?key|private[_-]?key|passphrase)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
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
