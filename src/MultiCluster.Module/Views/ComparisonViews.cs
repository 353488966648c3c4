using System.Globalization;
using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Comparing;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Views;

/// <summary>
/// The tables of comparisons: a row for each path, and a column for each cluster under its short name. A table is made for each set of clusters
/// that is compared. Names of clusters are labels, and never part of what PowerShell runs: a cell is read by its column's number. Of more
/// clusters than have room, the table is that of the class, which names the odd ones.
/// </summary>
internal sealed class ComparisonViews(SessionShortNames shortNames)
{
    /// <summary>The cells that a value takes at least, a cluster's name at most, and a path and an object's name at least.</summary>
    private const int LeastValue = 8;
    private const int MostValue = 60;
    private const int LeastPath = 22;
    private const int LeastName = 14;
    private const int Step = 4;

    /// <summary>Where no terminal is, as many are beside each other as fit 80.</summary>
    private const string TypeName = "MultiCluster.Comparing.KubeDifference";

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The type name under which the rows of a comparison have their table; null when that of the class serves.</summary>
    /// <param name="sides">What is compared, in its order.</param>
    /// <param name="rows">The rows.</param>
    public string? TypeNameOf(IReadOnlyList<ComparedSide> sides, IReadOnlyList<KubeDifference> rows)
    {
        var isOfOne = !rows.Select(static row => (row.Kind, row.Namespace, row.Name)).Distinct().Skip(1).Any();
        var width = Math.Max(CellRequest.Narrow, TerminalLook.Current.Width);
        var room = width - LeastPath - (isOfOne ? 0 : LeastName + 1);
        if (sides.Count == 0 || room / sides.Count < LeastValue + 1)
            return null;
        var value = Math.Min(MostValue, (room / sides.Count) - 1);
        string[] labels = [.. Labels(sides, Math.Min(value, ShortNames.Width))];
        // What the values do not need is the path's. In steps, so that there are few tables.
        var needed = rows.SelectMany(static row => row.Values).Select(static one => TerminalCells.Width(Text(one.Short, one.IsOdd))).Concat(labels.Select(static label => TerminalCells.Width(label))).Max();
        value = Math.Min(value, (needed + Step - 1) / Step * Step);
        var key = string.Create(CultureInfo.InvariantCulture, $"{string.Join('\n', labels)}\n{isOfOne}\n{width}\n{value}");
        if (_names.TryGetValue(key, out var name))
            return name;
        name = string.Create(CultureInfo.InvariantCulture, $"{TypeName}#{_names.Count + 1}");
        _names[key] = name;
        SessionFormats.Put(new ExtendedTypeDefinition(name, [new FormatViewDefinition("default", Table(labels, isOfOne, width - (sides.Count * (value + 1)), value))]));
        return name;
    }

    /// <summary>What a row shows of one side: the odd one is marked.</summary>
    public static string? Cell(KubeDifference row, int number) => number < row.Values.Count ? Text(row.Values[number].Short, row.Values[number].IsOdd) : null;

    /// <summary>The same of a row that came back from a file.</summary>
    public static string? Cell(PSObject value) => Text($"{value.Properties["Short"]?.Value}", LanguagePrimitives.IsTrue(value.Properties["IsOdd"]?.Value));

    private static string Text(string text, bool isOdd) => isOdd ? $"* {text}" : text;

    private static TableControl Table(string[] labels, bool isOfOne, int room, int value)
    {
        var (table, row) = (new TableControl(), new TableControlRow());
        var name = isOfOne ? 0 : Math.Max(LeastName, room / 3);
        if (!isOfOne)
            table.Add(row, "Name", Cells.Script("Object", Part(name)));
        table.Add(row, "Path", Cells.Script("At", Part(room - name - (isOfOne ? 0 : 1))));
        for (var i = 0; i < labels.Length; i++)
            table.Add(row, labels[i], Cells.Script(string.Create(CultureInfo.InvariantCulture, $"!@{i}"), Part(value)));
        table.Rows.Add(row);
        return table;
    }

    private static string Part(int cells) => string.Create(CultureInfo.InvariantCulture, $"|{cells}");

    /// <summary>Names that tell all apart in so many cells: the session's short ones where these fit.</summary>
    private IEnumerable<string> Labels(IReadOnlyList<ComparedSide> sides, int cells)
    {
        var clusters = sides.Select(static side => side.Cluster.ClusterId).Distinct().Skip(1).Any();
        string[] full = [.. sides.Select(side => side.Namespace is not { } ns ? side.Cluster.ClusterName : clusters ? $"{side.Cluster.ClusterName}/{ns}" : ns)];
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < sides.Count; i++)
        {
            if (sides[i].Namespace is null && shortNames.Of(sides[i].Cluster.ClusterId, sides[i].Cluster.ClusterName) is { } known && TerminalCells.Width(known) <= cells)
                given[full[i]] = known;
        }

        var chosen = ShortNames.Of(full, cells, given);
        return full.Select(name => chosen[name]);
    }
}
