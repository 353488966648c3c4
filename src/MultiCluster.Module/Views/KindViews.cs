using System.Collections;
using System.Management.Automation;
using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Views;

/// <summary>
/// The tables of kinds that have no class of their own, made of the columns that the servers print: one of each group and kind, whatever
/// version of it a cluster serves. A kind's table is made when its first object comes by; clusters whose columns differ share it with all of
/// them, in the order of the clusters' names. It fits a terminal of 80 (<see cref="KindFit"/>), and <c>wide</c> has everything. No word of a
/// server is written into what PowerShell runs: a cell is read by its column's number.
/// </summary>
internal sealed class KindViews
{
    private readonly Dictionary<string, KindColumns> _kinds = new(StringComparer.Ordinal);
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
        var name = TypeName(source.Kind);
        var isNew = _kinds.TryAdd(name, new());
        if (_kinds[name].Add(item.ClusterName, source.Kind.Version, source.Columns) || isNew)
            Register(name, source.Kind.Namespaced);
        _last = source.Columns;
        return _lastName = name;
    }

    /// <summary>The same for what a job keeps: it has its table where the session has made it.</summary>
    public static string? KeptNameOf(KubeObject item) => item.Source.Columns.Count == 0 ? null : TypeName(item.Source.Kind);

    /// <summary>What an object has in the column of that number of its kind's table; null when its cluster has no such column.</summary>
    public object? Cell(PSObject item, int number)
    {
        var live = item.BaseObject as KubeObject;
        var apiVersion = live?.ApiVersion ?? $"{item.Properties["ApiVersion"]?.Value}";
        var group = apiVersion.LastIndexOf('/') is var slash and > 0 ? apiVersion[..slash] : "";
        var kind = live?.Kind ?? $"{item.Properties["Kind"]?.Value}";
        if (!_kinds.TryGetValue(TypeName(group, kind), out var columns) || columns.NameOf(number) is not { } name)
            return null;
        if (live is not null)
            return live.Cell(name);
        var kept = item.Properties["Columns"]?.Value; // of a row that came back from a file or a job
        return (kept is PSObject wrapped ? wrapped.BaseObject : kept) is IDictionary cells ? cells[name] : null;
    }

    private static string TypeName(ResourceKind kind) => TypeName(kind.Group, kind.Kind);

    /// <summary>Get-Member shows it, so that it is fit for a terminal.</summary>
    private static string TypeName(string group, string kind) => $"MultiCluster.Objects.KubeObject#{TerminalText.VisibleLine(group.Length == 0 ? kind : $"{group}/{kind}")}";

    private void Register(string name, bool namespaced) => SessionFormats.Put(new ExtendedTypeDefinition(name,
    [
        new FormatViewDefinition("default", Table(_kinds[name], namespaced, wide: false)),
        new FormatViewDefinition("wide", Table(_kinds[name], namespaced, wide: true)),
    ]));

    private static TableControl Table(KindColumns columns, bool namespaced, bool wide)
    {
        var table = new TableControl();
        var row = new TableControlRow();
        IReadOnlyList<KindColumn> all = [.. columns.Shown(["ClusterName", "Namespace", "Name", "Age"])];
        var fit = wide ? null : new KindFit(all, namespaced);
        table.Add(row, "ClusterName", Cells.Script("ShortName"));
        if (namespaced)
            table.Add(row, "Namespace", Cells.Script("Namespace", fit?.Namespace));
        table.Add(row, "Name", Cells.Script("Name", fit?.Name));
        foreach (var column in fit?.Shown ?? all)
            table.Add(row, wide ? column.FullLabel : column.Label, Cells.Script(column.Number, column.IsState, fit?.Of(column)), column.IsNumber ? Alignment.Right : Alignment.Left);
        table.Add(row, "Age", "$_.Age");
        table.Rows.Add(row);
        return table;
    }
}
