using MultiCluster.Api.Lists;
using MultiCluster.Objects;

namespace MultiCluster.Module.Views;

/// <summary>
/// The columns of one kind, those of all clusters that have shown theirs. A column keeps the number that it has got, since a table that is being
/// written reads its cells by it; where it stands follows from the clusters' names, and not from who answered first.
/// </summary>
internal sealed class KindColumns
{
    /// <summary>So many columns fit no screen: what a server has beyond them is in <c>Columns</c>.</summary>
    private const int Most = 64;

    private const string CreationTimestamp = ".metadata.creationTimestamp";

    private readonly List<PrinterColumn> _numbered = [];
    private readonly SortedDictionary<string, (int Number, PrinterColumn Column)[]> _byCluster = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes what a cluster prints of a version of the kind; true when the table is another one by it.</summary>
    public bool Add(string cluster, string version, IReadOnlyList<PrinterColumn> columns)
    {
        (int, PrinterColumn)[] before = [.. Order];
        _byCluster[$"{cluster}\n{version}"] = [.. columns.Where(static (column, at) => !IsCommon(column, at)).Select(column => (Number: NumberOf(column), column)).Where(static pair => pair.Number >= 0)];
        return !Order.SequenceEqual(before);
    }

    /// <summary>The name of the column of a number, or null.</summary>
    public string? NameOf(int number) => number < _numbered.Count ? _numbered[number].Name : null;

    /// <summary>The columns in their order, with labels that are not those of the table's own columns.</summary>
    public IEnumerable<KindColumn> Shown(IReadOnlyList<string> own)
    {
        HashSet<string> taken = new(own, StringComparer.OrdinalIgnoreCase);
        foreach (var (number, column) in Order)
        {
            var label = TableColumns.Numbered(column.Name, taken.Contains);
            taken.Add(label);
            yield return new(number, label, column);
        }
    }

    private IEnumerable<(int Number, PrinterColumn Column)> Order => _byCluster.Values.SelectMany(static columns => columns).DistinctBy(static column => column.Number);

    /// <summary>Servers print the name first, and mostly the age, which the table has itself.</summary>
    private static bool IsCommon(PrinterColumn column, int at) => column.Name switch
    {
        "Name" => at == 0,
        "Age" => column.Type is "date" or "string" && (!column.Description.Contains("(in JSONPath format)", StringComparison.Ordinal) || column.Description.EndsWith(CreationTimestamp, StringComparison.Ordinal)),
        _ => false,
    };

    /// <summary>The number of a column, a new one if it has none; -1 when there are too many.</summary>
    private int NumberOf(PrinterColumn column)
    {
        var number = _numbered.FindIndex(other => other.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase));
        if (number >= 0 || _numbered.Count == Most)
            return number;
        _numbered.Add(column);
        return _numbered.Count - 1;
    }
}
