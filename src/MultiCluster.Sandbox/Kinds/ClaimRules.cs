using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Rules for PersistentVolumeClaims.</summary>
internal static class ClaimRules
{
    public static void Check(JsonObject? before, JsonObject json, Problems problems)
    {
        var spec = json["spec"] as JsonObject ?? [];
        if (spec["accessModes"] is not JsonArray { Count: > 0 }) problems.Required("spec.accessModes", "at least 1 access mode is required");
        if (spec["resources"]?["requests"]?["storage"] is null) problems.Required("spec.resources[storage]");
        if (before?["spec"] is not JsonObject old || JsonNode.DeepEquals(Lasting(old), Lasting(spec))) return;
        problems.Forbidden("spec", "spec is immutable after creation except resources.requests for bound claims");

        JsonObject Lasting(JsonObject claim)
        {
            var lasting = claim.DeepClone().AsObject();
            lasting.Remove("volumeName"); // A controller binds it.
            if (before["status"]?["phase"]?.ToString() == "Bound") lasting.Remove("resources");
            return lasting;
        }
    }
}
