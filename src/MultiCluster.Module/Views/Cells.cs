using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Clusters;
using MultiCluster.Comparing;
using MultiCluster.Faults;
using MultiCluster.Logs;
using MultiCluster.Module.Sessions;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Views;

/// <summary>
/// What the cells of all views read texts by: <c>[MultiCluster.Module.Views.Cells]::Of[$_].Reason</c> is the property as a terminal may
/// show it, <c>.'Fault.Detail'</c> what a path of properties leads to, <c>.'~LastRestart'</c> the age that a time has. The object keeps the
/// true value. PowerShell sees two tables, because where the language is constrained tables may be read, and methods not called. What is
/// asked for may say how it is shown, as <see cref="CellRequest"/> has it: <c>.'Name|24|50'</c>.
/// </summary>
public static class Cells
{
    private const char Number = '#';
    private const char Age = '~';
    private const char Side = '@';

    /// <summary>What a table shows of the cluster's name.</summary>
    private const string ShortName = "ShortName";

    private static readonly string[] Telling =
        ["ClusterName", "Kind", "Namespace", "Node", "Pod", "Container", "Name", "Type", "Phase", "State", "Outcome", "Version", "Reason", "Message", "Line", "LastError", "Fault"];

    /// <summary>An object's cells.</summary>
    public static IDictionary Of { get; } = new Table(static item => new Table(path => Cell(PSObject.AsPSObject(item), $"{path}")));

    /// <summary>The script of a property's cell, and what says how much of it is shown.</summary>
    internal static string Script(string property, string? fit = null) => $"[{typeof(Cells).FullName}]::Of[$_].'{property}{fit}'";

    /// <summary>The script of the cell of a column that servers print: its number stands in it, and no word of theirs.</summary>
    internal static string Script(int column, bool toned, string? fit) => Script(string.Create(CultureInfo.InvariantCulture, $"{(toned ? "!" : "")}{Number}{column}"), fit);

    /// <summary>What names the object and its state, a line each. A method for the types file to name, and what the views show of an object in a word.</summary>
    public static string Text(PSObject instance) =>
        string.Join('\n', Telling.Select(name => (Name: name, Value: $"{Cell(instance, name)}")).Where(static pair => pair.Value.Length > 0).Select(static pair => $"{pair.Name}: {pair.Value}"));

    /// <summary>Whether a value, or all of a list's, is shown as it is.</summary>
    internal static bool IsPlain(object? value) =>
        value is IEnumerable many and not string ? many.Cast<object?>().All(IsPlain) : ReferenceEquals(Visible(value), value);

    private static object? Cell(PSObject item, string asked)
    {
        var request = CellRequest.Of(asked);
        var value = Value(item, request.Path);
        return request.Show(value, request.IsToned ? Judged(item, request.Path, value) : null);
    }

    /// <summary>
    /// What tells how bad a cell is, where its own text does not: a count is held against what is wanted, and nobody waits for what has ended
    /// to be ready.
    /// </summary>
    private static string? Judged(PSObject item, string path, object? value) => path switch
    {
        [Side, ..] => Value(item, path) is string text && text.StartsWith("* ", StringComparison.Ordinal) ? "Warning" : "",
        "Ready" when Read(item, "State") is "Completed" or "Succeeded" or "Terminating" => "",
        "Ready" or "UpToDate" or "Available" when value is int => $"{value}/{Read(item, "Desired") ?? Read(item, "Replicas")}",
        _ => null,
    };

    private static object? Value(PSObject item, string path) => (item.BaseObject, path) switch
    {
        (KubeCluster cluster, ShortName) => cluster.ShortName,
        (_, ShortName) => ShortNameOf(item),
        (_, [Number, .. var column]) => Visible(KubeSession.Current.Views.Cell(item, int.Parse(column, CultureInfo.InvariantCulture))),
        (KubeDifference row, [Side, .. var side]) => ComparisonViews.Cell(row, int.Parse(side, CultureInfo.InvariantCulture)),
        (_, [Side, .. var side]) => SideOf(item, int.Parse(side, CultureInfo.InvariantCulture)),
        (KubeDifference row, "Odd") => string.Join(", ", row.Odd.Select(value => $"{KubeSession.Current.Pool.ShortNames.Show(value.ClusterId, value.ClusterName)}{(row.Namespace is null && value.Namespace is not null ? $"/{value.Namespace}" : "")}={value.Text}")),
        (_, "At") => Read(item, "Path") is string { Length: > 0 } at ? TerminalText.VisibleLine(at) : "(object)",
        (_, "Object") when item.Properties["Values"] is not null => ObjectOf(item),
        (_, [Age, .. var times]) => AgeOf(item, times),
        (_, nameof(Text)) => Text(item),
        (_, "About") => AboutOf(item),
        (KubeFieldChange change, "Old") => Visible(InlineText(change.Old)),
        (KubeFieldChange change, "New") => Visible(InlineText(change.New)),
        (_, "Changes") when item.Properties["Changed"] is not null => Visible(NameList.Of([.. (Read(item, "Changed") as IEnumerable ?? Array.Empty<object>()).Cast<object?>().Select(static path => $"{path}")])),
        (KubeLogLine line, "Source") => LogColumns.Source(line, ShortNameOf(item), KubeSession.Current.Pool.ShortNames.Longest),
        (KubeLogLine line, "Line") => TerminalText.VisibleWithColours(line.Line),
        _ => Visible(Read(item, path)),
    };

    /// <summary>A table or a list on one line; another value is itself.</summary>
    private static object? InlineText(object? value) => value is KubeMap or KubeList ? $"{value}" : value;

    private static string ShortNameOf(PSObject item) =>
        KubeSession.Current.Pool.ShortNames.Show($"{item.Properties["ClusterId"]?.Value}", $"{item.Properties["ClusterName"]?.Value}");

    /// <summary>What one side has of a row that came back from a file.</summary>
    private static string? SideOf(PSObject item, int number) =>
        (item.Properties["Values"]?.Value is PSObject { BaseObject: IEnumerable kept } ? kept : Read(item, "Values") as IEnumerable)?.Cast<object>().ElementAtOrDefault(number) is { } value && ComparisonViews.Cell(PSObject.AsPSObject(value)) is { } text ? TerminalText.VisibleLine(text) : null;

    /// <summary>Which objects a row is about.</summary>
    private static string ObjectOf(PSObject item) =>
        TerminalText.VisibleLine(Read(item, "Namespace") is string { Length: > 0 } space ? $"{space}/{Read(item, "Name")}" : $"{Read(item, "Name")}");

    /// <summary>What an event is about, with its namespace: <c>pod/web/web-0</c>.</summary>
    private static string AboutOf(PSObject item)
    {
        var about = $"{Visible(Read(item, "Object"))}";
        var kind = about.IndexOf('/', StringComparison.Ordinal);
        return kind >= 0 && $"{Visible(Read(item, "Namespace"))}" is { Length: > 0 } space ? $"{about[..kind]}/{space}{about[kind..]}" : about;
    }

    /// <summary>How long ago the first time is, or how long before the second.</summary>
    private static KubeAge? AgeOf(PSObject item, string times)
    {
        var end = times.IndexOf(Age, StringComparison.Ordinal);
        if (TimeOf(item, end < 0 ? times : times[..end]) is not { } since)
            return null;
        var now = (item.BaseObject as KubeObject)?.Source.Time ?? TimeProvider.System;
        var until = end < 0 ? null : TimeOf(item, times[(end + 1)..]);
        return new KubeAge((until ?? now.GetUtcNow().UtcDateTime) - since);
    }

    private static DateTime? TimeOf(PSObject item, string property) => (Read(item, property) as DateTime?)?.ToUniversalTime();

    private static object? Read(PSObject item, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return item.Properties[path]?.Value;
        var rest = path[(dot + 1)..];
        return item.Properties[path[..dot]]?.Value switch
        {
            null => null,
            IEnumerable many and not string => many.Cast<object>().Select(one => Read(PSObject.AsPSObject(one), rest)).ToArray(),
            var one => Read(PSObject.AsPSObject(one), rest),
        };
    }

    /// <summary>A value whose text is harmless is shown as PowerShell shows it, any other by its text.</summary>
    private static object? Visible(object? value)
    {
        if (value is PSObject { BaseObject: not PSCustomObject } wrapped)
            value = wrapped.BaseObject;
        switch (value)
        {
            case null or bool or int or long or double or decimal or Enum or DateTime or DateTimeOffset or TimeSpan or KubeAge:
                return value;
            case string text:
                return TerminalText.Visible(text);
            case IDictionary map:
                var pairs = new List<object?>(map.Count);
                foreach (DictionaryEntry pair in map)
                    pairs.Add(Visible($"[{pair.Key}, {pair.Value}]"));
                return pairs;
            case IEnumerable many:
                return many.Cast<object?>().Select(Visible).ToArray();
            default:
                var shown = $"{value}";
                var visible = TerminalText.Visible(shown);
                return ReferenceEquals(visible, shown) ? value : visible;
        }
    }

    /// <summary>A table that has an entry for everything.</summary>
    private sealed class Table(Func<object, object?> entry) : Hashtable(0)
    {
        public override object? this[object key]
        {
            get => entry(key);
            set => throw new NotSupportedException();
        }

        public override bool Contains(object key) => true;

        public override bool ContainsKey(object key) => true;
    }
}
