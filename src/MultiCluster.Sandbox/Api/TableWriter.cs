using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Api;

/// <summary>Objects as a <c>meta.k8s.io/v1</c> Table.</summary>
internal static class TableWriter
{
    public static JsonObject Write(SimulatedRequest request, ResourceKind kind, IReadOnlyList<StoredObject> items, JsonObject metadata)
    {
        var columns = TableColumns.Of(kind, request.Info.Version);
        var include = request.Context.Request.Query["includeObject"].ToString();
        var now = request.Cluster.Time.GetUtcNow();
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = metadata,
            ["columnDefinitions"] = new JsonArray([.. columns.Select(Definition)]),
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
        using var body = JsonDocument.Parse(item.Body);
        var row = new JsonObject { ["cells"] = new JsonArray([.. columns.Select(c => c.Cell(body.RootElement, now))]) };
        if (include == "Object")
        {
            row["object"] = JsonNode.Parse([.. item.Head(version), .. item.Body.AsSpan(1)]);
        }
        else if (include != "None")
        {
            row["object"] = new JsonObject
            {
                ["kind"] = "PartialObjectMetadata",
                ["apiVersion"] = "meta.k8s.io/v1",
                ["metadata"] = JsonNode.Parse(MetadataSlice.Of(item.Body).Span),
            };
        }
        return row;
    }
}
