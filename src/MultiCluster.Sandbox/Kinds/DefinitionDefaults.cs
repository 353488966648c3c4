using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Defaults of CustomResourceDefinitions, and what their controllers say of one that is served.</summary>
internal static class DefinitionDefaults
{
    public static void Complete(JsonObject json)
    {
        var spec = json.Map("spec");
        var names = spec.Map("names");
        var kind = names["kind"]?.ToString() ?? "";
        names["singular"] ??= kind.ToLowerInvariant();
        names["listKind"] ??= kind + "List";
        spec.Map("conversion")["strategy"] ??= "None";
    }

    /// <summary>The status once the kind is served, which here it is at once.</summary>
    public static JsonObject Established(JsonObject json, string now)
    {
        var spec = json["spec"]!;
        return new JsonObject
        {
            ["conditions"] = new JsonArray(
                Condition("NamesAccepted", "NoConflicts", "no conflicts found", now),
                Condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now)),
            ["acceptedNames"] = spec["names"]?.DeepClone(),
            ["storedVersions"] = new JsonArray(
                [.. (spec["versions"] as JsonArray)?.Where(v => v?["storage"]?.ToString() == "true").Select(v => v!["name"]?.DeepClone()) ?? []]),
        };
    }

    private static JsonObject Condition(string type, string reason, string message, string now) =>
        new() { ["type"] = type, ["status"] = "True", ["lastTransitionTime"] = now, ["reason"] = reason, ["message"] = message };
}
