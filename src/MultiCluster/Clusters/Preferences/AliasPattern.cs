using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace MultiCluster.Clusters;

/// <summary>
/// A regular expression that makes aliases of contexts' names: <c>.*/(.+)</c>. What its first group matches is the alias, or all that it
/// matches where it has none; a context that it does not match keeps its name.
/// </summary>
internal sealed class AliasPattern
{
    /// <summary>A name is matched in microseconds; an expression that goes on for longer will not end.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private readonly Regex _regex;

    private AliasPattern(Regex regex) => _regex = regex;

    /// <summary>The pattern; false, with what is wrong with it, for one that is no regular expression.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AliasPattern? pattern, out string? problem)
    {
        (pattern, problem) = (null, null);
        try
        {
            pattern = new(new Regex(text, RegexOptions.CultureInvariant, Limit));
            return true;
        }
        catch (ArgumentException e)
        {
            problem = e.Message.TrimEnd('.');
            return false;
        }
    }

    /// <summary>The alias of a context; null when there is none, also where to find out takes too long.</summary>
    public string? Of(string context)
    {
        try
        {
            var match = _regex.Match(context);
            return !match.Success ? null : (match.Groups.Count > 1 ? match.Groups[1].Value : match.Value).Trim() is { Length: > 0 } alias ? alias : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
