using System.Globalization;

namespace MultiCluster.Objects.Yaml;

/// <summary>
/// Numbers as go-yaml v2 resolves them (resolve.go), which is what kubectl reads YAML with, and as JSON says them: digit by digit, so that
/// none is lost. A whole number has neither fraction nor exponent, as kubectl sends it: a server's integer fields take no other.
/// </summary>
internal static class YamlNumber
{
    /// <summary>kubectl writes larger ones with an exponent; none is an integer field's.</summary>
    private const int MaxWholeDigits = 21;

    /// <summary>The number in JSON; null when a plain scalar of that text is no number.</summary>
    public static string? OfPlain(string text)
    {
        // go-yaml: an underscore is nothing but where a dot begins.
        var plain = text[0] == '.' ? text : text.Replace("_", "", StringComparison.Ordinal);
        return WithPrefix(plain, out var isPrefixed) is { } whole ? whole
            : !isPrefixed && IsDecimal(plain) && double.IsFinite(double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture)) ? Json(plain)
            : null;
    }

    /// <summary>A decimal number in JSON's writing, a whole one without fraction and exponent.</summary>
    public static string Json(string text)
    {
        var (digits, exponent) = Canonical(text);
        if (digits.Length == 0)
            return "0";
        var sign = text[0] == '-' ? "-" : "";
        if (exponent >= 0 && digits.Length + exponent <= MaxWholeDigits)
            return $"{sign}{digits}{new string('0', exponent)}";
        var power = text.AsSpan().IndexOfAny('e', 'E') is >= 0 and var at ? text[at..] : "";
        var mantissa = text[..^power.Length].TrimStart('+', '-');
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = (dot < 0 ? mantissa : mantissa[..dot]).TrimStart('0');
        var fraction = dot < 0 ? "" : mantissa[dot..];
        return $"{sign}{(whole.Length == 0 ? "0" : whole)}{(fraction == "." ? "" : fraction)}{power}";
    }

    /// <summary>Whether two decimal numbers are the same one.</summary>
    public static bool AreSame(string one, string other) => Canonical(one) == Canonical(other) && (one[0] == '-') == (other[0] == '-');

    /// <summary>The significant digits and the power of ten that they are multiplied with; no digits of zero.</summary>
    public static (string Digits, int Exponent) Canonical(string text)
    {
        var end = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = (end < 0 ? text : text[..end]).TrimStart('+', '-');
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = dot < 0 ? mantissa : mantissa.Remove(dot, 1);
        var significant = digits.TrimEnd('0');
        // An exponent that is no Int32 belongs to no number that anybody computes with.
        var power = end < 0 ? 0 : int.TryParse(text.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read) ? read : int.MinValue / 2;
        return (significant.TrimStart('0'), power + (dot < 0 ? 0 : dot - mantissa.Length + 1) + digits.Length - significant.Length);
    }

    /// <summary>A number in hexadecimal, octal or binary, in go's own 64 bits.</summary>
    private static string? WithPrefix(string plain, out bool isPrefixed)
    {
        var at = plain is ['+' or '-', ..] ? 1 : 0;
        isPrefixed = plain.Length > at + 1 && plain[at] == '0' && plain[at + 1] is 'x' or 'X' or 'o' or 'O' or 'b' or 'B';
        var digits = plain.AsSpan(isPrefixed ? at + 2 : at);
        var power = !isPrefixed ? 3 : plain[at + 1] switch { 'x' or 'X' => 4, 'o' or 'O' => 3, _ => 1 };
        // A leading zero is octal where all digits are; 08 is a decimal number.
        if (digits.IsEmpty || (!isPrefixed && (digits.Length < 2 || digits[0] != '0')))
            return null;
        UInt128 value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit) || Convert.ToInt32(digit.ToString(), 16) is var unit && unit >= 1 << power)
                return null;
            value = (value << power) + (uint)unit;
            if (value > ulong.MaxValue)
                return null;
        }

        var limit = at == 0 ? ulong.MaxValue : plain[0] == '-' ? (ulong)long.MaxValue + 1 : long.MaxValue;
        return value > limit ? null : plain[0] == '-' && value > 0 ? $"-{value}" : $"{value}";
    }

    /// <summary>go-yaml's own form of a number (yamlStyleFloat), integers among them.</summary>
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var rest = text is ['+' or '-', ..] ? text[1..] : text;
        var whole = Digits(ref rest);
        if (rest is ['.', ..])
        {
            rest = rest[1..];
            if (Digits(ref rest) + whole == 0)
                return false;
        }
        else if (whole == 0)
        {
            return false;
        }

        if (rest is not ['e' or 'E', ..])
            return rest.IsEmpty;
        rest = rest[1..];
        if (rest is ['+' or '-', ..])
            rest = rest[1..];
        return Digits(ref rest) > 0 && rest.IsEmpty;
    }

    private static int Digits(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var count = end < 0 ? text.Length : end;
        text = text[count..];
        return count;
    }
}
