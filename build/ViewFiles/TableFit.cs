using System.Globalization;

namespace MultiCluster.ViewFiles;

/// <summary>
/// How much of a text each column shows, so that a table fits a terminal of 80: PowerShell leaves out what does not fit from the right, and
/// an age or a state would go before a name is cut. Of what a wider terminal has more the name gets the most.
/// </summary>
internal static class TableFit
{
    /// <summary>The narrowest terminal that tables are made for.</summary>
    public const int Narrow = 80;

    private const int LeastNamespace = 9;
    private const int LeastName = 12;

    /// <summary>All of everything.</summary>
    public static Func<Cell, string> None { get; } = static _ => "";

    /// <summary>What follows the property's name in each column's script.</summary>
    public static Func<Cell, string> Of(ShownType type)
    {
        var columns = type.Table;
        var widths = columns.Select(static column => column.Width).ToArray();
        if (widths.Any(static width => width > 0))
        {
            var least = columns.Sum(static column => column.Width > 0 ? column.Width : column.Label.Length);
            Check(type, least + columns.Count - 1);
            return static column => column.Width > 0 ? string.Create(CultureInfo.InvariantCulture, $"|{column.Width}") : "";
        }

        if (!type.IsKind)
            return None;
        var names = columns.Where(static column => column.IsName).ToArray();
        var last = type.Wraps ? columns[^1] : null; // has what the others leave, line by line
        var room = Narrow - (columns.Count - 1) - columns.Where(column => !column.IsName && column != last).Sum(static column => column.Most) - (last?.Label.Length ?? 0);
        var most = columns.Where(column => !column.IsName && column != last).ToDictionary(static column => column, static column => column.Most);
        foreach (var name in names)
        {
            var share = name.Property.Name == "Name" ? names.Length == 1 ? room : room - Math.Max(LeastNamespace, room / 3) : Math.Max(LeastNamespace, room / 3);
            most[name] = Math.Max(share, name.Property.Name == "Name" ? LeastName : LeastNamespace);
        }

        Check(type, most.Values.Sum() + (last?.Label.Length ?? 0) + columns.Count - 1);
        var shares = Shares([.. columns.Where(column => column.IsText && column != last)], names);
        return column => shares.TryGetValue(column, out var share) ? string.Create(CultureInfo.InvariantCulture, $"|{most[column]}|{share}") : "";
    }

    /// <summary>How many of a hundred cells that a wider terminal has more are each text's.</summary>
    private static Dictionary<Cell, int> Shares(Cell[] texts, Cell[] names)
    {
        var others = texts.Length - names.Length;
        var (name, ns) = names.Length switch
        {
            2 => others > 0 ? (50, 25) : (65, 35),
            1 => others > 0 ? (65, 0) : (100, 0),
            _ => (0, 0),
        };
        var rest = names.Length > 0 ? 100 - name - ns : 50; // a last column that is wrapped has the other half
        return texts.ToDictionary(static text => text, text => !names.Contains(text) ? rest / others : text.Property.Name == "Name" ? name : ns);
    }

    private static void Check(ShownType type, int width)
    {
        if (width > Narrow)
            throw new DeclarationException(string.Create(CultureInfo.InvariantCulture, $"The table of {type.FullName} takes {width} cells, and is to fit {Narrow}: make columns narrower (Most, Width), or leave them to the view wide (Wide = true)."));
    }
}
