using System.Buffers;
using MultiCluster.Terminal;

namespace MultiCluster.Comparing;

/// <summary>What a narrow column shows of values that begin alike: what is each one's own. <c>registry.example.com/web:1.2</c> and <c>...:1.3</c> are <c>…1.2</c> and <c>…1.3</c>.</summary>
internal static class ShownTexts
{
    /// <summary>A text that fits is shown whole.</summary>
    private const int Fits = 12;

    private static readonly SearchValues<char> Separators = SearchValues.Create("/:@, ={#");
    private static readonly SearchValues<char> LesserSeparators = SearchValues.Create(".-_");

    /// <summary>The texts in the same order; null stands for what has none, and stays.</summary>
    public static string?[] Of(IReadOnlyList<string?> texts)
    {
        string[] there = [.. texts.OfType<string>().Distinct(StringComparer.Ordinal)];
        if (there.Length < 2 || there.All(static text => TerminalCells.Width(text) <= Fits))
            return [.. texts];
        var same = there[0].Length;
        foreach (var text in there)
            same = Math.Min(same, there[0].AsSpan().CommonPrefixLength(text));
        var beginning = there[0].AsSpan(0, same);
        var cut = beginning.LastIndexOfAny(Separators) + 1;
        if (cut < 2)
            cut = beginning.LastIndexOfAny(LesserSeparators) + 1;
        return cut < 2 ? [.. texts] : [.. texts.Select(text => text is null ? null : TerminalCells.Ellipsis + text[cut..])];
    }
}
