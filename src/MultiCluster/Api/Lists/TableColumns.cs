using System.Globalization;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Lists;

/// <summary>The columns that a meta.k8s.io Table announces.</summary>
internal static class TableColumns
{
    /// <summary>
    /// Reads a <c>columnDefinitions</c>. A kind may have a column of its own that is called as another, such as the name's: it is numbered, so
    /// that neither takes the other's place.
    /// </summary>
    public static IReadOnlyList<PrinterColumn> Read(JsonSlice definitions)
    {
        var columns = new List<PrinterColumn>();
        foreach (var column in definitions.Elements)
        {
            var name = Numbered(column["name"u8].AsString() ?? "", taken => columns.Exists(other => other.Name.Equals(taken, StringComparison.OrdinalIgnoreCase)));
            columns.Add(new(name, column["type"u8].AsString() ?? "string", (int)(column["priority"u8].AsInt64() ?? 0)) { Description = column["description"u8].AsString() ?? "" });
        }

        return columns;
    }

    /// <summary>A name that is not taken: the name itself, or with the first number that makes it so.</summary>
    public static string Numbered(string name, Predicate<string> isTaken)
    {
        var free = name;
        for (var number = 2; isTaken(free); number++)
            free = string.Create(CultureInfo.InvariantCulture, $"{name} {number}");
        return free;
    }
}
