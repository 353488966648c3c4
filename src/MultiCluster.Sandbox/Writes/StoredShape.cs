using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>Leaves out what Go's encoder leaves out (<c>omitempty</c>), as far as patches set it.</summary>
internal static class StoredShape
{
    public static void Normalize(ResourceKind kind, JsonObject json)
    {
        if (json["metadata"] is JsonObject metadata)
            RemoveWhere(metadata, (_, value) => value is null || IsEmpty(value));
        if (kind.IsCustom || kind.Stored.QualifiedPlural == "events") return; // An event has fields that are null.
        RemoveWhere(json, (_, value) => value is null);
        if (json["spec"] is not JsonObject spec) return;
        RemoveWhere(spec, (_, value) => value is null);
        if (kind.QualifiedPlural != "nodes") return;
        RemoveWhere(spec, (name, value) => name switch
        {
            "unschedulable" => value.AsBool() is false,
            "taints" => IsEmpty(value),
            _ => false,
        });
    }

    private static bool IsEmpty(JsonNode? value) => value is JsonArray { Count: 0 } or JsonObject { Count: 0 };

    private static void RemoveWhere(JsonObject map, Func<string, JsonNode?, bool> condition)
    {
        foreach (var name in map.Where(p => condition(p.Key, p.Value)).Select(p => p.Key).ToList()) map.Remove(name);
    }
}
