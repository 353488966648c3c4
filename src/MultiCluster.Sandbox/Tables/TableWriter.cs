using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Tables;

/// <summary>Objects as a <c>meta.k8s.io/v1</c> Table.</summary>
internal static class TableWriter
{
    /// <param name="request">What asks, and how its rows should be.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="items">A row each.</param>
    /// <param name="metadata">The table's own metadata.</param>
    /// <param name="definitions">False to leave the columns' definitions out, as a watch does after its first event.</param>
    public static JsonObject Write(
        SimulatedRequest request, ResourceKind kind, IReadOnlyList<StoredObject> items, JsonObject metadata, bool definitions = true)
    {
        var columns = TableColumns.Of(kind, request.Info.Version);
        var include = request.Context.Request.Query["includeObject"].ToString();
        var now = request.Time.GetUtcNow();
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = metadata,
            ["columnDefinitions"] = definitions ? new JsonArray([.. columns.Select(Definition)]) : null,
            ["rows"] = new JsonArray([.. items.Select(item => Row(item, columns, include, request.Info.Version, now))]),
        };
    }

    private static JsonObject Definition(TableColumn column) => new()
    {
        ["name"] = column.Name,
        ["type"] = column.Type,
        ["format"] = column.Format,
        ["description"] = column.Description,
        ["priority"] = column.Priority,
    };

    private static JsonObject Row(StoredObject item, IReadOnlyList<TableColumn> columns, string include, string version, DateTimeOffset now)
    {
        using var body = JsonDocument.Parse(item.Source.Body);
        var row = new JsonObject { ["cells"] = new JsonArray([.. columns.Select(c => c.Cell(body.RootElement, now))]) };
        if (include == "Object")
        {
            row["object"] = JsonNode.Parse([.. item.Kind.Head(version), .. item.Body.AsSpan(1)]);
        }
        else
        {
            row["object"] = include == "None" ? null : new JsonObject
            {
                ["kind"] = "PartialObjectMetadata",
                ["apiVersion"] = "meta.k8s.io/v1",
                ["metadata"] = JsonNode.Parse(MetadataSlice.Of(item.Body).Span),
            };
        }
        return row;
    }
}
