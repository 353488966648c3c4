using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Comparing;

/// <summary>Makes the rows of objects of one name: who has what, what most have, and who is odd.</summary>
/// <param name="sides">Whose objects they are.</param>
/// <param name="first">One of them.</param>
/// <param name="ns">The namespace that they have in common.</param>
internal sealed class RowMaker(IReadOnlyList<ComparedSide> sides, KubeObject first, string? ns)
{
    private const string Missing = "(missing)";
    private const string NoObject = "(no object)";
    private const string Present = "present";
    private const string Unknown = "?";

    /// <summary>The row that says who has the object at all.</summary>
    public KubeDifference OfObjects(IReadOnlyList<JsonObject?> trees, IReadOnlyList<bool> known)
    {
        var cells = sides.Select((_, at) => !known[at] ? Cell.NotKnown : trees[at] is null ? new Cell("", Missing, null, IsMissing: true) : new Cell(Present, Present, Present)).ToArray();
        return Row("", cells);
    }

    /// <summary>The row of a path.</summary>
    /// <param name="path">What the different ones have there.</param>
    /// <param name="there">The places, among the sides, of the objects that have been compared.</param>
    /// <param name="own">For each of these the place of what it has, among the different ones.</param>
    public KubeDifference Of(PathValues path, IReadOnlyList<int> there, IReadOnlyList<int> own)
    {
        var made = new Cell?[path.Values.Count];
        var cells = Enumerable.Repeat(Cell.WithoutObject, sides.Count).ToArray();
        for (var at = 0; at < there.Count; at++)
            cells[there[at]] = made[own[at]] ??= CellOf(path, own[at]);
        return Row(path.Path, cells);
    }

    private static Cell CellOf(PathValues path, int at)
    {
        if (path.Keys[at] is not { } key)
            return new Cell("", Missing, null, IsMissing: true);
        var value = ObjectComparison.Shown(path.Values[at], path.Place);
        return new Cell(key, path.IsPresence ? Present : Text(value), value);
    }

    private KubeDifference Row(string path, Cell[] cells)
    {
        var known = cells.Count(static cell => cell.IsKnown);
        var groups = cells.Where(static cell => cell.IsKnown).GroupBy(static cell => cell.Key, StringComparer.Ordinal).Select(static group => group.ToArray()).ToArray();
        var most = groups.FirstOrDefault(group => group.Length * 2 > known);
        var shown = ShownTexts.Of([.. cells.Select(static cell => cell is { IsKnown: true, IsMissing: false } ? cell.Text : null)]);
        return new KubeDifference
        {
            Kind = first.Kind,
            Namespace = ns,
            Name = first.Name,
            Path = path,
            Same = groups.Length < 2,
            Majority = most?[0].Value,
            Common = most is null ? null : string.Create(CultureInfo.InvariantCulture, $"{most.Length}/{known}: {most[0].Text}"),
            Values =
            [
                .. cells.Select((cell, at) => new KubeDifferenceValue
                {
                    ClusterId = sides[at].Cluster.ClusterId,
                    ClusterName = sides[at].Cluster.ClusterName,
                    Namespace = sides[at].Namespace ?? ns,
                    Value = cell.Value,
                    Text = cell.Text,
                    Short = shown[at] ?? cell.Text,
                    IsMissing = cell.IsMissing,
                    IsKnown = cell.IsKnown,
                    IsOdd = cell.IsKnown && most is not null && cell.Key != most[0].Key,
                }),
            ],
        };
    }

    private static string Text(object? value) => value switch
    {
        null => Missing,
        bool yes => yes ? "true" : "false",
        KubeMap or KubeList => InlineText.Of(value),
        "" => "\"\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>What one side has.</summary>
    private sealed record Cell(string Key, string Text, object? Value, bool IsMissing = false, bool IsKnown = true)
    {
        public static Cell NotKnown => new("", Unknown, null, IsKnown: false);

        public static Cell WithoutObject => new("", NoObject, null, IsKnown: false);
    }
}
