using System.Text.RegularExpressions;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Reads;

/// <summary>A label selector: <c>a=b,c!=d,e in (f,g),h notin (i),j,!k</c>.</summary>
internal sealed partial class LabelSelector
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> _requirements = [];

    public static LabelSelector? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var selector = new LabelSelector();
        var rest = text.Trim();
        while (rest.Length > 0)
        {
            var match = Requirement().Match(rest);
            if (!match.Success) throw StatusError.BadRequest($"unable to parse requirement: found '{rest[0]}', expected: identifier");
            selector._requirements.Add(Compile(match));
            rest = rest[match.Length..].TrimStart();
            if (rest.Length == 0) break;
            if (rest[0] != ',') throw StatusError.BadRequest($"found '{rest[0]}', expected: ',' or 'end of string'");
            rest = rest[1..].TrimStart();
        }
        return selector;
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.TrueForAll(r => r(labels));

    private static Func<IReadOnlyDictionary<string, string>, bool> Compile(Match match)
    {
        var key = match.Groups["key"].Value;
        if (match.Groups["set"].Success)
        {
            var values = match.Groups["set"].Value.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
            return match.Groups["word"].Value == "in"
                ? labels => labels.TryGetValue(key, out var v) && values.Contains(v)
                : labels => !labels.TryGetValue(key, out var v) || !values.Contains(v);
        }
        var value = match.Groups["value"].Value;
        return match.Groups["operator"].Value switch
        {
            "=" or "==" => labels => labels.TryGetValue(key, out var v) && v == value,
            "!=" => labels => !labels.TryGetValue(key, out var v) || v != value,
            _ when match.Groups["not"].Length > 0 => labels => !labels.ContainsKey(key),
            _ => labels => labels.ContainsKey(key),
        };
    }

    [GeneratedRegex(
        """
        ^(?: (?<key>[\w./-]+) \s+ (?<word>in|notin) \s* \( (?<set>[^()]*) \)
           | (?<key>[\w./-]+) \s* (?<operator>==|=|!=) \s* (?<value>[\w.-]*)
           | (?<not>!?) \s* (?<key>[\w./-]+) ) (?=\s*(?:,|$))
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Requirement();
}
