using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Lists;

/// <summary>The columns that a meta.k8s.io Table announces.</summary>
internal static class TableColumns
{
    /// <summary>Reads a <c>columnDefinitions</c>.</summary>
    public static IReadOnlyList<PrinterColumn> Read(JsonSlice definitions)
    {
        var columns = new List<PrinterColumn>();
        foreach (var column in definitions.Elements)
            columns.Add(new(column["name"u8].AsString() ?? "", column["type"u8].AsString() ?? "string", (int)(column["priority"u8].AsInt64() ?? 0)));
        return columns;
    }
}
