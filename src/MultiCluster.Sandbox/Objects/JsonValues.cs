using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Objects;

/// <summary>Plain values of JSON, however they were put there; null for what is absent or of another type.</summary>
internal static class JsonValues
{
    public static long? AsLong(this JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue<long>(out var number) ? number
        : value.TryGetValue<int>(out var small) ? small
        : null;

    public static int? AsInt(this JsonNode? node) => (int?)node.AsLong();

    public static bool? AsBool(this JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
}
