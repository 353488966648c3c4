using System.Buffers;
using System.Globalization;
using System.Text;

namespace MultiCluster.Objects.Yaml;

internal enum ScalarType
{
    Text,
    Null,
    True,
    False,

    /// <summary>Its text is JSON's.</summary>
    Number,

    /// <summary>Infinite, or not a number: JSON has no word for it.</summary>
    NotFinite,
}

/// <summary>
/// What a scalar says, by the rules of go-yaml v2 (resolve.go), which kubectl reads YAML with: YAML 1.1, whose booleans are
/// <c>yes</c> and <c>on</c> too, and octal numbers with and without an <c>o</c>. A date stays a text.
/// </summary>
internal readonly record struct YamlScalar(ScalarType Type, string Text)
{
    /// <summary>Whatever does not begin so is a text.</summary>
    private static readonly SearchValues<char> Beginnings = SearchValues.Create("+-.0123456789yYnNtTfFoO~");

    public static YamlScalar Of(YamlNode node) => node.Tag switch
    {
        null => Untagged(node),
        YamlTag.Text or YamlTag.Time or YamlTag.NotResolved => new(ScalarType.Text, node.Text),
        YamlTag.Binary => new(ScalarType.Text, Decoded(node)),
        YamlTag.Whole => Of(node, static scalar => scalar.Type == ScalarType.Number && scalar.Text.AsSpan().IndexOfAny(".eE") < 0),
        YamlTag.Real => Of(node, static scalar => scalar.Type is ScalarType.Number or ScalarType.NotFinite),
        YamlTag.Boolean => Of(node, static scalar => scalar.Type is ScalarType.True or ScalarType.False),
        YamlTag.Null => Of(node, static scalar => scalar.Type == ScalarType.Null),
        var other => throw new YamlProblemException(node.Place, $"the tag {YamlTag.Short(other)} says nothing that JSON can", "Leave the tag out; put quotes around a text."),
    };

    /// <summary>A key as text, in the way of sigs.k8s.io/yaml.</summary>
    public static string Key(YamlNode node)
    {
        if (node.Kind != YamlNodeKind.Scalar)
            throw new YamlProblemException(node.Place, "a key is a mapping or a list", "Put quotes around a text that begins with { or [.");
        if (node.Writing == YamlWriting.Text && node.Tag is null)
            return node.Text;
        var scalar = Of(node);
        return scalar.Type switch
        {
            ScalarType.Text => scalar.Text,
            ScalarType.True => "true",
            ScalarType.False => "false",
            ScalarType.Number when IsReal(node.Text) => GoFloat.Text(node.Text.Replace("_", "", StringComparison.Ordinal)),
            ScalarType.Number when long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => scalar.Text,
            ScalarType.Number when !ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _) => GoFloat.Text(scalar.Text),
            ScalarType.NotFinite => scalar.Text.ToLowerInvariant().TrimStart('+'),
            ScalarType.Null => throw new YamlProblemException(node.Place, "a key is null", "Name the key; put quotes around it when null is its name."),
            _ => throw new YamlProblemException(node.Place, "a key is a number of more than 63 bits", "Put quotes around the key."),
        };
    }

    private static bool IsReal(string text) => text.AsSpan().IndexOfAny(".eE") >= 0 && !text.AsSpan().TrimStart("+-").StartsWith("0x", StringComparison.OrdinalIgnoreCase);

    private static YamlScalar Untagged(YamlNode node) => node.Writing switch
    {
        YamlWriting.Plain => Plain(node.Text),
        YamlWriting.Text => new(ScalarType.Text, node.Text),
        _ => node.Text switch
        {
            "null" => new(ScalarType.Null, ""),
            "true" => new(ScalarType.True, ""),
            "false" => new(ScalarType.False, ""),
            var number => new(ScalarType.Number, YamlNumber.Json(number)),
        },
    };

    private static YamlScalar Plain(string text)
    {
        if (text.Length > 0 && !Beginnings.Contains(text[0]))
            return new(ScalarType.Text, text);
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return new(ScalarType.Null, "");
            case "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y":
                return new(ScalarType.True, "");
            case "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N":
                return new(ScalarType.False, "");
            case ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF":
                return new(ScalarType.NotFinite, text);
            default:
                return !char.IsAsciiLetter(text[0]) && text[0] != '~' && YamlNumber.OfPlain(text) is { } number ? new(ScalarType.Number, number) : new(ScalarType.Text, text);
        }
    }

    /// <summary>What its tag says that it is: the quotes around it say no more, then.</summary>
    private static YamlScalar Of(YamlNode node, Func<YamlScalar, bool> fits)
    {
        var scalar = Plain(node.Text);
        return fits(scalar) ? scalar : throw new YamlProblemException(node.Place, $"this is not what its tag {YamlTag.Short(node.Tag!)} says", "Correct the value, or leave the tag out.");
    }

    private static string Decoded(YamlNode node)
    {
        try
        {
            return SourceText.Strict.GetString(Convert.FromBase64String(node.Text));
        }
        catch (FormatException)
        {
            throw new YamlProblemException(node.Place, "what is tagged !!binary is not base64", "Correct it, or leave the tag out.");
        }
        catch (DecoderFallbackException)
        {
            throw new YamlProblemException(node.Place, "what is tagged !!binary is no text in UTF-8, and JSON holds nothing else", "Leave the tag out where base64 is wanted, as in a Secret's data or a ConfigMap's binaryData.");
        }
    }
}
