using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Apply;

/// <summary>A place for a value, which may be missing or be null: those are two things.</summary>
internal readonly struct Slot(JsonNode? value)
{
    private static readonly JsonArray NoItems = [];
    private static readonly JsonObject NoFields = [];

    public bool IsThere { get; } = true;

    public JsonNode? Value { get; } = value;

    /// <summary>The items, when it is a list.</summary>
    public JsonArray Items => Value as JsonArray ?? NoItems;

    /// <summary>The fields, when it is a map.</summary>
    public JsonObject Fields => Value as JsonObject ?? NoFields;

    public static Slot Of(JsonObject map, string name) => map.TryGetPropertyValue(name, out var value) ? new(value) : default;
}
