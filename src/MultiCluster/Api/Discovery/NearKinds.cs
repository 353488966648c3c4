using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Api.Discovery;

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
            return NearNames.Edits(name, candidate.ToLowerInvariant());
        var begins = name.Length >= 3 && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase);
        return begins ? Limit(name) : int.MaxValue;
    }
}
