using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Tables;

/// <summary>A column of a table: its definition, and how its cell is read from an object's body.</summary>
internal sealed record TableColumn(string Name, string Type, string Format, string Description, int Priority, Func<JsonElement, DateTimeOffset, JsonNode?> Cell);

/// <summary>The columns of each kind.</summary>
internal static class TableColumns
{
    private static readonly TableColumn Name = new("Name", "string", "name", "Name must be unique within a namespace.", 0, (o, _) => Text(o, ".metadata.name"));

    private static readonly TableColumn Age = new(
        "Age",
        "string",
        "",
        "CreationTimestamp is a timestamp representing the server time when this object was created.",
        0,
        (o, now) => AgeOf(Text(o, ".metadata.creationTimestamp"), now));

    public static IReadOnlyList<TableColumn> Of(ResourceKind kind, string version)
    {
        if (kind.IsCustom) return Custom(kind.FindVersion(version)?.Columns ?? []);
        return kind.Stored.QualifiedPlural switch
        {
            "events" => EventColumns.All,
            "pods" => PodColumns(),
            "nodes" => NodeColumns(),
            "namespaces" => [Name, Column("Status", (o, _) => Text(o, ".status.phase")), Age],
            "deployments.apps" => DeploymentColumns(),
            _ => [Name, Age],
        };
    }

    private static List<TableColumn> Custom(IReadOnlyList<PrinterColumn> columns)
    {
        if (columns.Count == 0) columns = [new PrinterColumn("Age", "date", ".metadata.creationTimestamp")];
        return [Name, .. columns.Select(c => new TableColumn(c.Name, c.Type, c.Format, DescriptionOf(c), c.Priority, (o, now) => CustomCell(o, c, now)))];
    }

    /// <summary>As apiextensions' tableconvertor has it.</summary>
    private static string DescriptionOf(PrinterColumn column) =>
        column.Description.Length > 0 ? column.Description : $"Custom resource definition column (in JSONPath format): {column.JsonPath}";

    private static JsonNode? CustomCell(JsonElement body, PrinterColumn column, DateTimeOffset now)
    {
        var found = JsonPath.Evaluate(body, column.JsonPath);
        if (found.Count == 0 || found[0].ValueKind == JsonValueKind.Null) return null;
        return (column.Type, found[0].ValueKind) switch
        {
            ("integer", JsonValueKind.Number) => found[0].TryGetInt64(out var whole) ? whole : (long)found[0].GetDouble(),
            ("number", JsonValueKind.Number) => found[0].GetDouble(),
            ("boolean", JsonValueKind.True or JsonValueKind.False) => found[0].GetBoolean(),
            ("date", JsonValueKind.String) => AgeOf(found[0].GetString()!, now),
            ("string", _) => string.Join(' ', found.Select(f => f.ValueKind == JsonValueKind.String ? f.GetString() : f.GetRawText())),
            _ => null,
        };
    }

    private static List<TableColumn> PodColumns() =>
    [
        Name,
        Column("Ready", (o, _) => PodCells.Ready(o)),
        Column("Status", (o, _) => PodCells.Reason(o)),
        Column("Restarts", (o, _) => PodCells.Restarts(o)),
        Age,
        Column("IP", (o, _) => TextOrNone(o, ".status.podIP"), 1),
        Column("Node", (o, _) => TextOrNone(o, ".spec.nodeName"), 1),
        Column("Nominated Node", (o, _) => TextOrNone(o, ".status.nominatedNodeName"), 1),
        Column("Readiness Gates", (_, _) => "<none>", 1),
    ];

    private static List<TableColumn> NodeColumns() =>
    [
        Name,
        Column("Status", (o, _) =>
            (Text(o, """.status.conditions[?(@.type=="Ready")].status""") == "True" ? "Ready" : "NotReady")
            + (Text(o, ".spec.unschedulable") == "true" ? ",SchedulingDisabled" : "")),
        Column("Roles", (o, _) => Roles(o)),
        Age,
        Column("Version", (o, _) => Text(o, ".status.nodeInfo.kubeletVersion")),
        Column("Internal-IP", (o, _) => TextOrNone(o, """.status.addresses[?(@.type=="InternalIP")].address"""), 1),
    ];

    private static List<TableColumn> DeploymentColumns() =>
    [
        Name,
        Column("Ready", (o, _) => $"{Number(o, ".status.readyReplicas")}/{Number(o, ".spec.replicas")}"),
        Column("Up-to-date", (o, _) => Number(o, ".status.updatedReplicas"), type: "string"),
        Column("Available", (o, _) => Number(o, ".status.availableReplicas"), type: "string"),
        Age,
    ];

    private static TableColumn Column(string name, Func<JsonElement, DateTimeOffset, JsonNode?> cell, int priority = 0, string type = "string") =>
        new(name, type, "", "", priority, cell);

    private static string Roles(JsonElement node)
    {
        const string Prefix = "node-role.kubernetes.io/";
        var labels = JsonPath.Evaluate(node, ".metadata.labels");
        var roles = labels.Count == 0 ? [] : labels[0].EnumerateObject()
            .Where(l => l.Name.StartsWith(Prefix, StringComparison.Ordinal)).Select(l => l.Name[Prefix.Length..]).ToList();
        return roles.Count == 0 ? "<none>" : string.Join(',', roles);
    }

    internal static string AgeOf(string timestamp, DateTimeOffset now) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, out var time) ? HumanDuration.Of(now - time) : "<unknown>";

    private static long Number(JsonElement body, string path) => long.TryParse(Text(body, path), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string TextOrNone(JsonElement body, string path) => Text(body, path) is { Length: > 0 } text ? text : "<none>";

    internal static string Text(JsonElement body, string path)
    {
        var found = JsonPath.Evaluate(body, path);
        if (found.Count == 0 || found[0].ValueKind == JsonValueKind.Null) return "";
        return found[0].ValueKind == JsonValueKind.String ? found[0].GetString()! : found[0].GetRawText();
    }
}
