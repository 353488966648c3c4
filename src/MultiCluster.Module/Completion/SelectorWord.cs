using System.Text.RegularExpressions;

namespace MultiCluster.Module.Completion;

/// <summary>The end of a selector that is being written: what stands before the part that is completed, and which part that is.</summary>
/// <param name="Before">What stays as it is.</param>
/// <param name="Part">What is completed.</param>
/// <param name="Key">The key whose value is completed; null when it is a key.</param>
/// <param name="After">What the completed part is followed by.</param>
internal sealed partial record SelectorWord(string Before, string Part, string? Key, string After = "")
{
    /// <summary>Reads a selector up to the cursor; null where nothing can be completed, as between a key and its operator.</summary>
    public static SelectorWord? Parse(string selector)
    {
        var start = StartOfTerm(selector);
        var (before, term) = (selector[..start], selector[start..]);
        if (Keys().Match(term) is { Success: true } key)
            return new(before + key.Groups["before"].Value, key.Groups["part"].Value, null);
        if (Values().Match(term) is { Success: true } value)
            return new(before + value.Groups["before"].Value, value.Groups["part"].Value, value.Groups["key"].Value);
        if (Sets().Match(term) is { Success: true } set)
            return new(before + set.Groups["before"].Value, set.Groups["part"].Value, set.Groups["key"].Value, ")");
        return null;
    }

    /// <summary>The whole selector with a part completed.</summary>
    public Suggestion With(Suggestion part) => part with { Text = Before + part.Text + After, Label = part.Label ?? part.Text };

    /// <summary>Commas separate terms, but for those within parentheses.</summary>
    private static int StartOfTerm(string selector)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < selector.Length; i++)
        {
            if (selector[i] == ',' && depth == 0)
                start = i + 1;
            depth += selector[i] switch { '(' => 1, ')' => -1, _ => 0 };
        }

        return start;
    }

    [GeneratedRegex(@"^(?<before>\s*!?\s*)(?<part>[^\s=!<>(),]*)$")]
    private static partial Regex Keys();

    [GeneratedRegex(@"^(?<before>\s*(?<key>[^\s=!<>(),]+)\s*(==|!=|=)\s*)(?<part>[^\s=!<>(),]*)$")]
    private static partial Regex Values();

    [GeneratedRegex(@"^(?<before>\s*(?<key>[^\s=!<>(),]+)\s+(in|notin)\s*\(([^()]*,)?\s*)(?<part>[^\s=!<>(),]*)$")]
    private static partial Regex Sets();
}
