using System.Text.Json;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>A value as a server's messages print it: as Go's own, with its type. What is no single value is shown as JSON, since its type is not known.</summary>
internal sealed record GoValue(string Text)
{
    /// <summary>Null for no value, text as it is.</summary>
    public static object? Of(JsonNode? value) => value?.GetValueKind() switch
    {
        null => null,
        JsonValueKind.String => value.ToString(),
        _ => new GoValue(value.ToJsonString()),
    };

    /// <summary>A map of strings.</summary>
    public static GoValue Map(JsonNode? value) => new($"map[string]string{Fields(value)}");

    public static GoValue Selector(JsonNode? value) =>
        new($"v1.LabelSelector{{MatchLabels:{Map(value?["matchLabels"])}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}}");

    /// <summary>A list of strings.</summary>
    public static GoValue Strings(JsonNode? value) =>
        new(value is JsonArray { Count: > 0 } list ? $"[]string{{{string.Join(", ", list.Select(v => $"\"{v}\""))}}}" : "[]string(nil)");

    public override string ToString() => Text;

    private static string Fields(JsonNode? value) => value is JsonObject { Count: > 0 } map
        ? $"{{{string.Join(", ", map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"\"{p.Key}\":\"{p.Value}\""))}}}"
        : "(nil)";
}
