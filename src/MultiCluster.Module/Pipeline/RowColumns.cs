using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MultiCluster.Objects.Trees;

namespace MultiCluster.Module.Pipeline;

/// <summary>The columns of a row, whatever their case: the properties of an object, the entries of a hashtable.</summary>
internal sealed class RowColumns
{
    private static readonly string[] Prefixes = ["Deserialized.", "Selected."];

    private readonly PSObject? _object;
    private readonly IDictionary? _table;
    private string? _original;

    private RowColumns(PSObject item) => _object = item;

    private RowColumns(IDictionary table) => _table = table;

    /// <summary>The text in a column; null where there is none, or what is there is no single value.</summary>
    public string? this[string name] => Find(name) switch
    {
        null => null,
        string { Length: > 0 } text => text,
        IConvertible and not string and var value => Convert.ToString(value, CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        _ => null,
    };

    /// <summary>The columns of <c>metadata</c>, where an object has come as its own JSON.</summary>
    public RowColumns? Metadata => Find("metadata") is { } metadata ? Of(metadata) : null;

    /// <summary>The columns' names.</summary>
    public IEnumerable<string> Names => _table is null ? _object!.Properties.Select(static column => column.Name) : _table.Keys.Cast<object>().Select(static key => $"{key}");

    /// <summary>The columns of a value; null when it has none.</summary>
    public static RowColumns? Of(object value) => TargetValues.Unwrap(value) switch
    {
        IDictionary table => new RowColumns(table),
        null or string or IEnumerable => null,
        { } plain when plain.GetType() is { IsPrimitive: true } or { IsEnum: true } || plain is decimal or DateTime or DateTimeOffset or TimeSpan or Guid => null,
        _ => new RowColumns(PSObject.AsPSObject(value)),
    };

    /// <summary>Whether there is such a column, be it empty.</summary>
    public bool Has(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is, or was before it was kept or cut, an object of the class of that name.</summary>
    public bool IsOf(string name) => OriginalType.EndsWith($".{name}", StringComparison.Ordinal);

    /// <summary>The class that the row is, or was before it was kept in a file or its columns were chosen; empty when nobody knows.</summary>
    private string OriginalType => _original ??= Original() ?? "";

    private object? Find(string name) => TargetValues.Unwrap(_table is null ? _object!.Properties[name]?.Value : Entry(name));

    private string? Original()
    {
        var type = _object?.TypeNames.FirstOrDefault();
        while (type is not null && Array.Find(Prefixes, prefix => type.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
            type = type[prefix.Length..];
        return type;
    }

    private object? Entry(string name)
    {
        // A tree's cluster is no entry of it, and no entry may take its place: what is done goes to the object's own cluster.
        if (_table is KubeTree { ClusterId: { } id } && string.Equals(name, nameof(KubeTree.ClusterId), StringComparison.OrdinalIgnoreCase))
            return id;
        foreach (DictionaryEntry entry in _table!)
        {
            if (string.Equals($"{entry.Key}", name, StringComparison.OrdinalIgnoreCase))
                return entry.Value;
        }

        return null;
    }
}
