using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Apply;

/// <summary>Values as a server's messages about a wrong type show them: as Go prints its own wrapping of them.</summary>
internal static class ShownValue
{
    public static string Of(JsonNode value) => $"&value.valueUnstructured{{Value:{(value is JsonValue ? value.ToJsonString() : Go(value))}}}";

    public static string Pointer(JsonNode value) => $"&{{{Go(value)}}}";

    private static string Go(JsonNode? value) => value switch
    {
        null => "<nil>",
        JsonObject map => $"map[{string.Join(' ', map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{Go(p.Value)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(Go))}]",
        _ => value.ToString(),
    };
}
