using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Views;

/// <summary>
/// The tables of kinds that have no class of their own, made of the columns that the servers print. A kind's table is made when its
/// first object comes by; clusters whose columns differ share one table with all of them. No word of a server is written into what
/// PowerShell runs: a cell is read by its column's number.
/// </summary>
internal sealed class KindViews
{
    /// <summary>So many columns fit no screen: what a server has beyond them is in <c>Columns</c>.</summary>
    private const int MostColumns = 64;

    private readonly Dictionary<string, List<PrinterColumn>> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExtendedTypeDefinition> _registered = new(StringComparer.Ordinal);
    private IReadOnlyList<PrinterColumn>? _last;
    private string? _lastName;

    /// <summary>The type name under which <paramref name="item"/> has its table; null when its class's table serves.</summary>
    public string? TypeNameOf(KubeObject item)
    {
        var source = item.Source;
        if (source.Columns.Count == 0)
            return null;
        if (ReferenceEquals(source.Columns, _last))
            return _lastName;
        var name = TypeName(source.Kind.ApiVersion, source.Kind.Kind);
        if (Add(name, source.Columns))
            Register(name, source.Kind.Namespaced);
        _last = source.Columns;
        return _lastName = name;
    }

    /// <summary>What an object has in the column of that number of its kind's table; null when its cluster has no such column.</summary>
    public object? Cell(PSObject item, int number) =>
        _columns.TryGetValue(TypeName($"{item.Properties["ApiVersion"]?.Value}", $"{item.Properties["Kind"]?.Value}"), out var columns) && number < columns.Count
            && item.Properties["Columns"]?.Value is IDictionary cells
            ? cells[columns[number].Name]
            : null;

    /// <summary>Get-Member shows it, so that it is fit for a terminal.</summary>
    private static string TypeName(string apiVersion, string kind) => $"MultiCluster.Objects.KubeObject#{TerminalText.VisibleLine($"{apiVersion}/{kind}")}";

    /// <summary>True when the kind is new, or has a column that is.</summary>
    private bool Add(string name, IReadOnlyList<PrinterColumn> columns)
    {
        var isNew = _columns.TryAdd(name, []);
        var known = _columns[name];
        var before = known.Count;
        foreach (var column in columns.Where((column, at) => !IsCommon(column, at)))
        {
            if (known.Count < MostColumns && known.TrueForAll(other => !other.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)))
                known.Add(column);
        }

        return isNew || known.Count > before;
    }

    /// <summary>Servers print the name first, and the age where a kind has no columns of its own; these may be called so, too.</summary>
    private static bool IsCommon(PrinterColumn column, int at) => column.Name switch
    {
        "Name" => at == 0,
        "Age" => column.Type is "date" or "string",
        _ => false,
    };

    /// <summary>Runspace.InitialSessionState holds what Update-FormatData builds the runspace's views from.</summary>
    private void Register(string name, bool namespaced)
    {
        if (Runspace.DefaultRunspace?.InitialSessionState is not { } state)
            return;
        if (_registered.Remove(name))
        {
            for (var i = state.Formats.Count - 1; i >= 0; i--)
            {
                if (state.Formats[i].FormatData?.TypeNames.Contains(name) is true)
                    state.Formats.RemoveItem(i);
            }
        }

        var definition = new ExtendedTypeDefinition(name,
        [
            new FormatViewDefinition("default", Table(_columns[name], namespaced, wide: false)),
            new FormatViewDefinition("wide", Table(_columns[name], namespaced, wide: true)),
        ]);
        _registered[name] = definition;
        state.Formats.Add(new SessionStateFormatEntry(definition));
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Utility\\Update-FormatData").Invoke();
    }

    private static TableControl Table(List<PrinterColumn> columns, bool namespaced, bool wide)
    {
        var table = new TableControl();
        var row = new TableControlRow();
        Add("ClusterName", Cells.Script("ClusterName"));
        if (namespaced)
            Add("Namespace", Cells.Script("Namespace"));
        Add("Name", Cells.Script("Name"));
        for (var i = 0; i < columns.Count; i++)
        {
            var (label, type, priority) = columns[i];
            if (priority == 0 || wide)
                Add(label, Cells.Script(i), type is "integer" or "number" ? Alignment.Right : Alignment.Left);
        }

        Add("Age", "$_.Age");
        table.Rows.Add(row);
        return table;

        void Add(string label, string cell, Alignment alignment = Alignment.Left)
        {
            table.Headers.Add(new TableControlColumnHeader(TerminalText.VisibleLine(label), 0, alignment));
            row.Columns.Add(new TableControlColumn(alignment, new DisplayEntry(cell, DisplayEntryValueType.ScriptBlock)));
        }
    }
}
