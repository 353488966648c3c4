namespace MultiCluster.Resources.Discovery;

/// <summary>Kinds whose names are near a mistyped one.</summary>
internal static class NearKinds
{
    private const int MaxSuggestions = 3;

    /// <summary>At most three, the nearest first, each as <see cref="ResourceKind.Resource"/>.</summary>
    public static IReadOnlyList<string> Of(string text, IReadOnlyList<ResourceKind> kinds)
    {
        var whole = text.Trim().ToLowerInvariant();
        var name = KindName.Parse(whole)[0].Name;
        if (name.Length == 0)
            return [];
        var best = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            var distance = Math.Min(Distance(name, kind), Distance(whole, kind.Resource));
            if (distance <= Limit(name) && (!best.TryGetValue(kind.Resource, out var known) || distance < known))
                best[kind.Resource] = distance;
        }

        // A stable sort: on a draw the server's order decides.
        return [.. best.OrderBy(pair => pair.Value).Take(MaxSuggestions).Select(pair => pair.Key)];
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

    private static int Limit(string name) => name.Length <= 3 ? 1 : name.Length <= 7 ? 2 : 3;

    private static int Distance(string name, ResourceKind kind)
    {
        var least = Math.Min(Distance(name, kind.Plural), Math.Min(Distance(name, kind.Kind), Distance(name, kind.Singular)));
        foreach (var shortName in kind.ShortNames)
            least = Math.Min(least, Distance(name, shortName));
        return least;
    }

    private static int Distance(string name, string candidate)
    {
        if (Math.Abs(name.Length - candidate.Length) <= Limit(name))
            return Edits(name, candidate.ToLowerInvariant());
        var begins = name.Length >= 3 && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase);
        return begins ? Limit(name) : int.MaxValue;
    }
}
