namespace MultiCluster.Objects.Selectors;

/// <summary>Names that somebody may have meant.</summary>
internal static class NearNames
{
    private const int MaxSuggestions = 3;

    /// <summary>"Did you mean 'a' or 'b'?", or null when no name is near.</summary>
    public static string? Sentence(string wanted, IEnumerable<string> names)
    {
        var text = wanted.Trim('*').ToLowerInvariant();
        if (text.Length == 0)
            return null;
        var near = names.Distinct()
            .Select(name => (Name: name, Distance: Edits(text, name.ToLowerInvariant())))
            .Where(entry => entry.Distance <= 2 || entry.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(entry => entry.Distance)
            .Take(MaxSuggestions)
            .Select(entry => $"'{entry.Name}'")
            .ToArray();
        return near.Length == 0 ? null : $"Did you mean {string.Join(" or ", near)}?";
    }

    /// <summary>Single-character edits between two texts, a swap of neighbours counting as one (optimal string alignment).</summary>
    public static int Edits(string left, string right)
    {
        var before = new int[right.Length + 1];
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                var least = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    least = Math.Min(least, before[j - 2] + 1);
                current[j] = least;
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[right.Length];
    }
}
