using System.Globalization;
using MultiCluster.Clusters;

namespace MultiCluster.Module.Views;

/// <summary>
/// Which of the servers' columns the table of a kind has, and how much of each text, so that it fits a terminal of 80: as the build fits the
/// tables of classes (build/ViewFiles), by what is known when the kind's first object comes by. What says how an object is goes first, and
/// what does not fit is in the view <c>wide</c>.
/// </summary>
internal sealed class KindFit
{
    private const int LeastNamespace = 9;
    private const int LeastName = 12;

    /// <summary>What a name is not made shorter than for a column that does not say how the object is.</summary>
    private const int GoodName = 16;

    private const int Age = 6;
    private const int NameWeight = 6;
    private const int NamespaceWeight = 3;

    private readonly Dictionary<KindColumn, int> _cells = [];
    private readonly int _name;
    private readonly int _namespace;
    private readonly int _weight;

    public KindFit(IReadOnlyList<KindColumn> columns, bool namespaced)
    {
        var room = CellRequest.Narrow - ShortNames.Width - 1 - LeastName - 1 - Age - (namespaced ? LeastNamespace + 1 : 0);
        foreach (var column in columns.Where(static column => column.Column.Priority == 0).OrderBy(RankOf))
        {
            var least = column.Least + 1;
            if (least > room - (column.IsState || column.IsMessage ? 0 : GoodName - LeastName))
                continue;
            _cells.Add(column, column.Least);
            room -= least;
        }

        Shown = [.. columns.Where(_cells.ContainsKey)];
        if (Shown.FirstOrDefault(static column => column.IsMessage) is { } message)
        {
            _cells[message] += room / 2;
            room -= room / 2;
        }

        _namespace = namespaced ? LeastNamespace + (room / 3) : 0;
        _name = LeastName + room - (namespaced ? room / 3 : 0);
        _weight = NameWeight + (namespaced ? NamespaceWeight : 0) + Shown.Sum(static column => column.Weight);
    }

    /// <summary>The columns that the table has, in the servers' order.</summary>
    public IReadOnlyList<KindColumn> Shown { get; }

    /// <summary>What follows <c>Name</c> in its cell's script (<see cref="CellRequest"/>).</summary>
    public string Name => Text(_name, NameWeight);

    /// <summary>What follows <c>Namespace</c>.</summary>
    public string Namespace => Text(_namespace, NamespaceWeight);

    /// <summary>What follows a column's number.</summary>
    public string Of(KindColumn column) => Text(_cells[column], column.Weight);

    /// <summary>A state before a message, and both before all else.</summary>
    private static int RankOf(KindColumn column) => column.IsState ? 0 : column.IsMessage ? 1 : 2;

    private string Text(int cells, int weight) => string.Create(CultureInfo.InvariantCulture, $"|{cells}|{Math.Max(1, 100 * weight / _weight)}");
}
