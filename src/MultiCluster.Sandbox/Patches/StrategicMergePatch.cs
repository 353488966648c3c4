using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Patches;

/// <summary>Strategic merge patch: a merge patch that merges lists by their keys and knows directives (apimachinery's strategicpatch).</summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string Order = "$setElementOrder/";
    private const string DeleteFrom = "$deleteFromPrimitiveList/";
    private const string RetainKeys = "$retainKeys";

    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        switch (patch[Directive]?.ToString())
        {
            case "replace":
                return Apply([], Without(patch, Directive));
            case "delete":
                return [];
            case null or "merge":
                break;
            case var other:
                throw StatusError.BadRequest($"Unknown patch type {other}");
        }
        var merged = target.DeepClone().AsObject();
        if (patch[RetainKeys] is JsonArray retained)
            foreach (var name in merged.Select(p => p.Key).Except(retained.Select(r => r!.ToString())).ToList()) merged.Remove(name);
        foreach (var (name, value) in patch)
        {
            if (name is Directive or RetainKeys || name.StartsWith(Order, StringComparison.Ordinal)) continue;
            if (name.StartsWith(DeleteFrom, StringComparison.Ordinal)) RemoveValues(merged, name[DeleteFrom.Length..], value);
            else if (value is null) merged.Remove(name);
            else merged[name] = Merge(name, merged[name], value, patch[Order + name] as JsonArray);
        }
        foreach (var (name, value) in patch)
        {
            // An order alone sorts what is there.
            if (!name.StartsWith(Order, StringComparison.Ordinal) || value is not JsonArray order || patch.ContainsKey(name[Order.Length..])) continue;
            var field = name[Order.Length..];
            if (merged[field] is JsonArray list && MergeKeys.Of(field, list) is { } key) merged[field] = MergedList.Sort(list, order, list, key);
        }
        return merged;
    }

    private static JsonNode Merge(string name, JsonNode? there, JsonNode patch, JsonArray? order) => patch switch
    {
        JsonObject map => Apply(there as JsonObject ?? [], map),
        JsonArray list when MergeKeys.Of(name, list) is { } key => MergedList.Merge(there as JsonArray ?? [], list, order, key),
        _ => patch.DeepClone(),
    };

    private static void RemoveValues(JsonObject target, string name, JsonNode? values)
    {
        if (target[name] is not JsonArray list || values is not JsonArray gone) return;
        target[name] = new JsonArray([.. list.Where(v => !gone.Any(g => JsonNode.DeepEquals(g, v))).Select(v => v?.DeepClone())]);
    }

    private static JsonObject Without(JsonObject map, string name)
    {
        var copy = map.DeepClone().AsObject();
        copy.Remove(name);
        return copy;
    }
}
