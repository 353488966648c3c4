using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Objects;

/// <summary>Encodes objects in the order of fields that a real server uses.</summary>
internal static class ObjectEncoder
{
    // The order of the fields of ObjectMeta in Go.
    private static readonly string[] MetadataOrder =
    [
        "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers", "managedFields",
    ];

    private static readonly string[] TopOrder = ["metadata", "spec"];

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Encode(ResourceKind kind, JsonObject json)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            if (kind.IsCustom) WriteSorted(writer, Without(json, "apiVersion"));
            else WriteTyped(writer, json);
        }
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Encode(JsonNode json)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions)) json.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Without(JsonObject json, string name) => json.Where(p => p.Key != name);

    private static void WriteTyped(Utf8JsonWriter writer, JsonObject json)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in InOrder(json.Where(p => p.Key is not ("apiVersion" or "kind")), TopOrder))
        {
            writer.WritePropertyName(name);
            if (name == "metadata" && value is JsonObject metadata)
            {
                writer.WriteStartObject();
                foreach (var (field, fieldValue) in InOrder(metadata, MetadataOrder)) Write(writer, field, fieldValue);
                writer.WriteEndObject();
            }
            else
            {
                WriteValue(writer, value);
            }
        }
        writer.WriteEndObject();
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> InOrder(IEnumerable<KeyValuePair<string, JsonNode?>> fields, string[] order) =>
        fields.OrderBy(f => Array.IndexOf(order, f.Key) is var i && i < 0 ? int.MaxValue : i);

    // Custom resources are maps on the server, and Go's encoder sorts a map's keys.
    private static void WriteSorted(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, JsonNode?>> json)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in json.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            WriteSortedValue(writer, value);
        }
        writer.WriteEndObject();
    }

    private static void WriteSortedValue(Utf8JsonWriter writer, JsonNode? value)
    {
        if (value is JsonObject inner)
        {
            WriteSorted(writer, inner);
        }
        else if (value is JsonArray array)
        {
            writer.WriteStartArray();
            foreach (var item in array) WriteSortedValue(writer, item);
            writer.WriteEndArray();
        }
        else
        {
            WriteValue(writer, value);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        writer.WritePropertyName(name);
        WriteValue(writer, value);
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonNode? value)
    {
        if (value is null) writer.WriteNullValue();
        else value.WriteTo(writer);
    }
}
