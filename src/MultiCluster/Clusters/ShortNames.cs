using MultiCluster.Terminal;

namespace MultiCluster.Clusters;

/// <summary>
/// Names of clusters where room is short, so that each is told from all others: <c>payments-prod-1</c> for
/// <c>arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-1</c>. A name that fits stays whole. Of a longer one there is the end behind
/// the last <c>/</c>, <c>:</c> or <c>@</c>; where that is another's too, what differs stands before it (<c>central…payments</c>); where no
/// part will do, the name is cut. They follow from the set of the names alone, not from their order.
/// </summary>
internal static class ShortNames
{
    /// <summary>The cells that one takes at most.</summary>
    public const int Width = 17;

    /// <summary>A part of one letter tells too little.</summary>
    private const int Least = 2;

    private const string Separators = "/:@";
    private const string LesserSeparators = "-._";

    /// <summary>What stays of an end that leaves no room for what stands before it.</summary>
    private const int CutEnding = 10;

    /// <summary>The names, each by its full one, as a terminal may show them.</summary>
    /// <param name="names">The full names.</param>
    /// <param name="given">Short names that some of them have, or others, and keep.</param>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> names, IReadOnlyDictionary<string, string>? given = null) => Of(names, Width, given);

    /// <inheritdoc cref="Of(IEnumerable{string}, IReadOnlyDictionary{string, string})"/>
    /// <param name="names">The full names.</param>
    /// <param name="width">The cells that one takes at most.</param>
    /// <param name="given">Short names that some of them have, or others, and keep.</param>
    public static Dictionary<string, string> Of(IEnumerable<string> names, int width, IReadOnlyDictionary<string, string>? given = null)
    {
        string[] full = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var shown = Array.ConvertAll(full, TerminalText.VisibleLine);
        var ends = Array.ConvertAll(shown, static text => Ending(text, Separators));
        var taken = new HashSet<string>(given?.Values ?? [], StringComparer.Ordinal);
        var chosen = full.Where(name => given?.ContainsKey(name) is true).ToDictionary(static name => name, name => given![name], StringComparer.Ordinal);
        Choose(static text => text, least: 0);
        Choose(static text => Ending(text, Separators));
        Choose(static text => Ending(text, Separators, 2));
        Choose(static text => Ending(text, Separators, 3));
        Choose(static text => Ending(text, Separators + "_"));
        if (chosen.Count < full.Length)
        {
            ChooseEach(Differing(shown, ends, width));
            ChooseEach(Parts(shown));
            ChooseEach([.. ends.Select(end => TerminalCells.CutMiddle(end, width))]);
            ChooseEach([.. ends.Select(end => TerminalCells.CutStart(end, width))]);
            ChooseEach([.. ends.Select(end => TerminalCells.CutEnd(end, width))]);
            ChooseEach([.. shown.Select(text => TerminalCells.CutMiddle(text, width))]);
            Number();
        }

        return chosen;

        void Choose(Func<string, string?> part, int least = Least)
        {
            if (chosen.Count < full.Length)
                ChooseEach(Array.ConvertAll(shown, text => part(text)), least);
        }

        // What two could be called by, none is called by.
        void ChooseEach(string?[] parts, int least = Least)
        {
            var times = parts.OfType<string>().CountBy(static part => part, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            for (var i = 0; i < full.Length; i++)
            {
                if (parts[i] is { } part && part.Length >= least && times[part] == 1 && !chosen.ContainsKey(full[i]) && TerminalCells.Width(part) <= width && taken.Add(part))
                    chosen[full[i]] = part;
            }
        }

        void Number()
        {
            for (var i = 0; i < full.Length; i++)
            {
                for (var number = 2; !chosen.ContainsKey(full[i]); number++)
                {
                    var mark = $"~{number}";
                    var part = TerminalCells.CutEnd(ends[i], Math.Max(1, width - mark.Length)) + mark;
                    if (taken.Add(part))
                        chosen[full[i]] = part;
                }
            }
        }
    }

    /// <summary>The text behind the last separator but so many; the whole text when there are not as many.</summary>
    private static string Ending(string text, string separators, int parts = 1)
    {
        var start = text.Length;
        for (; parts > 0 && start > 0; parts--)
            start = text.AsSpan(0, start - 1).LastIndexOfAny(separators) + 1;
        return text[start..];
    }

    /// <summary>Of names without separators that have as many parts, the first part that differs between all of them: <c>prod</c> of <c>prod.k8s.example.com</c>.</summary>
    private static string?[] Parts(string[] names)
    {
        var parts = new string?[names.Length];
        foreach (var group in names.Select(static (name, at) => (Parts: name.Split([.. LesserSeparators]), At: at)).Where(name => !names[name.At].AsSpan().ContainsAny(Separators)).GroupBy(static name => name.Parts.Length).Where(static group => group.Count() > 1))
        {
            var all = group.ToArray();
            var differing = Enumerable.Range(0, group.Key).Select(static column => (int?)column)
                .FirstOrDefault(column => all.Select(name => name.Parts[column!.Value]).Distinct(StringComparer.Ordinal).Count() == all.Length && all.All(name => name.Parts[column!.Value].Length >= Least));
            foreach (var (own, at) in differing is null ? [] : all)
                parts[at] = own[differing!.Value];
        }

        return parts;
    }

    /// <summary>Of names with one end, that end with what differs before it: <c>eu…payments</c>.</summary>
    private static string?[] Differing(string[] names, string[] ends, int width)
    {
        var parts = new string?[names.Length];
        foreach (var group in Enumerable.Range(0, names.Length).GroupBy(at => ends[at], StringComparer.Ordinal).Where(static group => group.Count() > 1))
        {
            int[] members = [.. group.Where(at => names[at].Length > ends[at].Length)];
            var end = TerminalCells.Width(group.Key) + 4 <= width ? group.Key : Shorter(group.Key, Math.Min(CutEnding, width - 4));
            var room = width - TerminalCells.Width(end) - 1;
            if (members.Length < 2 || room < Least)
                continue;
            var keys = Keys([.. members.Select(at => names[at][..^(ends[at].Length + 1)])]);
            var shorter = Of(keys, room);
            for (var i = 0; i < members.Length; i++)
                parts[members[i]] = $"{shorter[keys[i]]}{TerminalCells.Ellipsis}{end}";
        }

        return parts;
    }

    /// <summary>The parts of an end that fit, from its own end on: <c>prod-2</c> of <c>payments-prod-2</c>.</summary>
    private static string Shorter(string end, int cells)
    {
        for (var at = end.AsSpan().IndexOfAny(LesserSeparators); at >= 0 && at < end.Length - Least; at += 1 + end.AsSpan(at + 1).IndexOfAny(LesserSeparators))
        {
            if (TerminalCells.Width(end.AsSpan(at + 1)) <= cells)
                return end[(at + 1)..];
            if (!end.AsSpan(at + 1).ContainsAny(LesserSeparators))
                break;
        }

        return TerminalCells.CutMiddle(end, cells);
    }

    /// <summary>What differs of texts: of those with as many parts, the parts that are not the same in all.</summary>
    private static string[] Keys(string[] texts)
    {
        var split = Array.ConvertAll(texts, static text => text.Split([.. Separators]));
        if (split.Any(parts => parts.Length != split[0].Length))
            return texts;
        int[] differing = [.. Enumerable.Range(0, split[0].Length).Where(column => split.Any(parts => parts[column] != split[0][column]))];
        var keys = Array.ConvertAll(split, parts => string.Join(':', differing.Select(column => parts[column])));
        return keys.Distinct(StringComparer.Ordinal).Count() == keys.Length ? keys : texts;
    }
}
