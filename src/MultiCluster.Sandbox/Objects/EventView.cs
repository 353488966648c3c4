using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Objects;

/// <summary>
/// Events through <c>events.k8s.io</c>: a server stores one object and shows it with the fields of the API asked
/// (pkg/apis/events/v1 conversion).
/// </summary>
internal static class EventView
{
    // core/v1 name | events.k8s.io/v1 name | what a server writes where there is nothing, in the order of each API's fields.
    private static readonly (string Core, string Other, string Missing)[] CoreOrder =
    [
        ("involvedObject", "regarding", "{}"), ("reason", "reason", ""), ("message", "note", ""), ("source", "deprecatedSource", "{}"),
        ("firstTimestamp", "deprecatedFirstTimestamp", "null"), ("lastTimestamp", "deprecatedLastTimestamp", "null"),
        ("count", "deprecatedCount", ""), ("type", "type", ""), ("eventTime", "eventTime", "null"), ("series", "series", ""),
        ("action", "action", ""), ("related", "related", ""), ("reportingComponent", "reportingController", "\"\""),
        ("reportingInstance", "reportingInstance", "\"\""),
    ];

    private static readonly string[] OtherOrder =
    [
        "eventTime", "series", "reportingController", "reportingInstance", "action", "reason", "regarding", "related", "note", "type",
        "deprecatedSource", "deprecatedFirstTimestamp", "deprecatedLastTimestamp", "deprecatedCount",
    ];

    /// <summary>The stored event as another API's object.</summary>
    public static StoredObject Of(StoredObject stored, ResourceKind kind)
    {
        var core = JsonNode.Parse(stored.Body)!.AsObject();
        var json = new JsonObject { ["metadata"] = core["metadata"]?.DeepClone() };
        foreach (var other in OtherOrder)
        {
            var field = CoreOrder.First(f => f.Other == other);
            var value = core[field.Core];
            if (IsEmpty(value) && other.StartsWith("reporting", StringComparison.Ordinal)) continue;
            Set(json, other, value, field.Missing);
        }
        return new StoredObject(kind, stored.Namespace, stored.Name, stored.Uid, stored.ResourceVersion, ObjectEncoder.Encode(kind, json)) { Source = stored };
    }

    /// <summary>An event given through the other API, as it is stored.</summary>
    public static JsonObject ToCore(JsonObject json)
    {
        var core = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Event", ["metadata"] = json["metadata"]?.DeepClone() };
        foreach (var (name, other, missing) in CoreOrder) Set(core, name, json[other], missing);
        return core;
    }

    /// <summary>Gives a core event the fields that a server writes where the client gave none, in its order.</summary>
    public static void Complete(JsonObject json)
    {
        foreach (var (name, _, missing) in CoreOrder)
        {
            var value = json[name];
            json.Remove(name);
            Set(json, name, value, missing);
        }
    }

    /// <summary>The stored field that an API's field selector means; null when the API does not know it.</summary>
    public static string? StoredField(string field)
    {
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        var (root, rest) = dot < 0 ? (field, "") : (field[..dot], field[dot..]);
        if (root is not ("regarding" or "reason" or "type" or "reportingController")) return null;
        return CoreOrder.First(f => f.Other == root).Core + rest;
    }

    private static void Set(JsonObject json, string name, JsonNode? value, string missing)
    {
        if (value is not null) json[name] = value.Parent is null ? value : value.DeepClone();
        else if (missing.Length > 0) json[name] = JsonNode.Parse(missing);
    }

    private static bool IsEmpty(JsonNode? value) => value is null || (value is JsonValue text && text.ToString().Length == 0);
}
