using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Tables;

/// <summary>An event's computed cells (pkg/printers/internalversion printEvent).</summary>
internal static class EventColumns
{
    public static IReadOnlyList<TableColumn> All { get; } =
    [
        Column("Last Seen", (o, now) => TableColumns.AgeOf(First(o, ".series.lastObservedTime", ".lastTimestamp", ".eventTime"), now)),
        Column("Type", (o, _) => Text(o, ".type")),
        Column("Reason", (o, _) => Text(o, ".reason")),
        Column("Object", (o, _) => About(o)),
        Column("Subobject", (o, _) => Text(o, ".involvedObject.fieldPath"), 1),
        Column("Source", (o, _) => Source(o), 1),
        Column("Message", (o, _) => Text(o, ".message").Trim()),
        Column("First Seen", (o, now) => TableColumns.AgeOf(First(o, ".firstTimestamp", ".eventTime"), now), 1),
        Column("Count", (o, _) => Count(o), 1),
        Column("Name", (o, _) => Text(o, ".metadata.name"), 1),
    ];

    private static TableColumn Column(string name, Func<JsonElement, DateTimeOffset, JsonNode?> cell, int priority = 0) =>
        new(name, "string", name == "Name" ? "name" : "", "", priority, cell);

    private static string About(JsonElement item)
    {
        var kind = Text(item, ".involvedObject.kind").ToLowerInvariant();
        var name = Text(item, ".involvedObject.name");
        return name.Length > 0 ? $"{kind}/{name}" : kind;
    }

    private static string Source(JsonElement item)
    {
        var component = First(item, ".source.component", ".reportingComponent");
        var instance = First(item, ".source.host", ".reportingInstance");
        return instance.Length > 0 ? $"{component}, {instance}" : component;
    }

    private static JsonNode? Count(JsonElement item)
    {
        if (Number(item, ".series.count") is { } seen) return seen + 1;
        return Number(item, ".count") ?? 1;
    }

    private static long? Number(JsonElement item, string path) => long.TryParse(Text(item, path), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string First(JsonElement item, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
            if (Text(item, path) is { Length: > 0 } text) return text;
        return "";
    }

    private static string Text(JsonElement item, string path) => TableColumns.Text(item, path);
}
