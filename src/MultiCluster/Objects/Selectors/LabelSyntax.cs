using System.Text.RegularExpressions;

namespace MultiCluster.Objects.Selectors;

/// <summary>What label keys and values may be (apimachinery <c>validation.IsQualifiedName</c>, <c>IsValidLabelValue</c>).</summary>
internal static partial class LabelSyntax
{
    /// <summary>What is wrong with a key, without a full stop, or null.</summary>
    public static string? KeyProblem(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && (slash > 253 || !Subdomain().IsMatch(key[..slash])))
            return $"'{key}' is no label key: the part before the slash must be a DNS name such as example.com";
        var name = key[(slash + 1)..];
        return name.Length is > 0 and <= 63 && Name().IsMatch(name)
            ? null
            : $"'{key}' is no label key: 1 to 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit";
    }

    /// <summary>What is wrong with a value, without a full stop, or null. The empty value is one.</summary>
    public static string? ValueProblem(string value) => value.Length == 0 || (value.Length <= 63 && Name().IsMatch(value))
        ? null
        : $"'{value}' is no label value: at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit";

    [GeneratedRegex(@"^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain();
}
