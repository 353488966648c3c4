using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Patches;

/// <summary>Lists that a strategic merge patch merges, in the order that a server gives them.</summary>
internal static class MergedList
{
    private const string Directive = "$patch";

    public static JsonArray Merge(JsonArray there, JsonArray patch, JsonArray? order, string key)
    {
        var replaces = patch.Any(p => DirectiveOf(p) == "replace");
        List<JsonNode?> merged = replaces ? [] : [.. there];
        foreach (var item in patch)
        {
            var directive = DirectiveOf(item);
            if (directive == "replace" && item!.AsObject().Count == 1) continue;
            var at = merged.FindIndex(m => Same(m, item, key));
            if (directive == "delete")
            {
                if (at >= 0) merged.RemoveAt(at);
            }
            else if (at < 0)
            {
                merged.Add(item is JsonObject added ? StrategicMergePatch.Apply([], added) : item?.DeepClone());
            }
            else if (item is JsonObject changed)
            {
                merged[at] = StrategicMergePatch.Apply(merged[at]!.AsObject(), changed);
            }
        }
        var result = new JsonArray([.. merged.Select(m => m?.Parent is null ? m : m.DeepClone())]);
        return replaces ? result : Sort(result, order ?? patch, there, key);
    }

    /// <summary>Puts what an order names in that order, between what is left in the order in which it was (mergeSortedSlice).</summary>
    public static JsonArray Sort(JsonArray list, JsonArray order, JsonArray before, string key)
    {
        var named = order.Select(o => list.FirstOrDefault(item => Same(item, o, key))).Where(item => item is not null).ToList();
        var rest = list.Where(item => !order.Any(o => Same(item, o, key))).OrderBy(item => Position(before, item, key)).ToList();
        var sorted = new JsonArray();
        var (n, r) = (0, 0);
        while (n < named.Count || r < rest.Count)
        {
            var takesRest = n == named.Count
                || (r < rest.Count && Position(before, named[n], key) is var left and >= 0 && Position(before, rest[r], key) is var right and >= 0 && right < left);
            sorted.Add((takesRest ? rest[r++] : named[n++])!.DeepClone());
        }
        return sorted;
    }

    private static int Position(JsonArray list, JsonNode? item, string key)
    {
        for (var i = 0; i < list.Count; i++)
            if (Same(list[i], item, key)) return i;
        return -1;
    }

    private static bool Same(JsonNode? one, JsonNode? other, string key) =>
        key == MergeKeys.Value
            ? JsonNode.DeepEquals(one, other)
            : one is JsonObject && other is JsonObject && one[key] is not null && JsonNode.DeepEquals(one[key], other[key]);

    private static string? DirectiveOf(JsonNode? item) => (item as JsonObject)?[Directive]?.ToString();
}
