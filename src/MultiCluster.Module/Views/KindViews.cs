using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MultiCluster.Resources;

namespace MultiCluster.Module.Views;

/// <summary>
/// The tables of kinds that have no class of their own, made of the columns that the servers print. A kind's table is made when its
/// first object comes by; clusters whose columns differ share one table with all of them.
/// </summary>
internal sealed class KindViews
{
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
        var name = $"MultiCluster.Resources.KubeObject#{source.Kind.ApiVersion}/{source.Kind.Kind}";
        if (Add(name, source.Columns))
            Register(name, source.Kind.Namespaced);
        _last = source.Columns;
        return _lastName = name;
    }

    private bool Add(string name, IReadOnlyList<PrinterColumn> columns)
    {
        var isNew = _columns.TryAdd(name, []);
        var known = _columns[name];
        var before = known.Count;
        known.AddRange(columns.Where(column => column.Name is not ("Name" or "Age") && known.TrueForAll(other => other.Name != column.Name)));
        return isNew || known.Count > before;
    }

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

        var columns = _columns[name];
        var definition = new ExtendedTypeDefinition(name,
        [
            new FormatViewDefinition("default", Table(columns.Where(static column => column.Priority == 0), namespaced)),
            new FormatViewDefinition("wide", Table(columns, namespaced)),
        ]);
        _registered[name] = definition;
        state.Formats.Add(new SessionStateFormatEntry(definition));
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Utility\\Update-FormatData").Invoke();
    }

    private static TableControl Table(IEnumerable<PrinterColumn> columns, bool namespaced)
    {
        var table = new TableControl();
        var row = new TableControlRow();
        Add("ClusterName");
        if (namespaced)
            Add("Namespace");
        Add("Name");
        foreach (var column in columns)
        {
            var alignment = column.Type is "integer" or "number" ? Alignment.Right : Alignment.Left;
            table.Headers.Add(new TableControlColumnHeader(column.Name, 0, alignment));
            var cell = $"$_.Columns['{column.Name.Replace("'", "''", StringComparison.Ordinal)}']";
            row.Columns.Add(new TableControlColumn(alignment, new DisplayEntry(cell, DisplayEntryValueType.ScriptBlock)));
        }

        Add("Age");
        table.Rows.Add(row);
        return table;

        void Add(string property)
        {
            table.Headers.Add(new TableControlColumnHeader(property, 0, Alignment.Left));
            row.Columns.Add(new TableControlColumn(Alignment.Left, new DisplayEntry(property, DisplayEntryValueType.Property)));
        }
    }
}
