using System.Text.Json.Nodes;

namespace MultiCluster.Changes.Editing;

/// <summary>The merge patch (RFC 7386) that makes one object of another: for kinds of any maker, and without knowledge of their lists.</summary>
internal static class MergeDifference
{
    /// <summary>The patch; null when nothing differs.</summary>
    public static JsonObject? Between(JsonObject before, JsonObject after)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in after)
        {
            var old = before[name];
            if (!JsonNode.DeepEquals(old, value))
                patch[name] = old is JsonObject from && value is JsonObject to ? Between(from, to) : value?.DeepClone();
        }

        foreach (var (name, old) in before)
        {
            if (old is not null && !after.ContainsKey(name))
                patch[name] = null;
        }

        return patch.Count == 0 ? null : patch;
    }
}
