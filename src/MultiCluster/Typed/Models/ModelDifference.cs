using System.Text.Json.Nodes;

namespace MultiCluster.Typed.Models;

/// <summary>
/// What was changed through a model, as a JSON merge patch against the object as it is. What the model does not know, and what it writes in
/// other words (<c>1024Mi</c> as <c>1Gi</c>), stays.
/// </summary>
internal static class ModelDifference
{
    /// <param name="raw">The object as the server has sent it.</param>
    /// <param name="before">The same, read into a model and written again.</param>
    /// <param name="now">The changed model.</param>
    public static JsonObject Of(JsonObject raw, JsonObject before, JsonObject now) => Patch(raw, Applied(raw, before, now));

    /// <summary>The object as it is to be: <paramref name="raw"/> with the steps from <paramref name="before"/> to <paramref name="now"/>.</summary>
    public static JsonObject Applied(JsonObject raw, JsonObject before, JsonObject now) => Changed(raw, before, now)!.AsObject();

    private static JsonNode? Changed(JsonNode? raw, JsonNode? before, JsonNode? now) => (raw, before, now) switch
    {
        _ when JsonNode.DeepEquals(before, now) => raw?.DeepClone(),
        (JsonObject had, JsonObject was, JsonObject to) => ChangedObject(had, was, to),
        (JsonArray had, JsonArray was, JsonArray to) when had.Count == was.Count => ChangedArray(had, was, to),
        _ => now?.DeepClone(),
    };

    private static JsonObject ChangedObject(JsonObject raw, JsonObject before, JsonObject now)
    {
        var changed = raw.DeepClone().AsObject();
        foreach (var (name, value) in now)
            changed[name] = Changed(raw[name], before[name], value);
        foreach (var (name, _) in before)
        {
            if (!now.ContainsKey(name))
                changed.Remove(name);
        }

        return changed;
    }

    private static JsonArray ChangedArray(JsonArray raw, JsonArray before, JsonArray now)
    {
        var changed = new JsonArray();
        for (var i = 0; i < now.Count; i++)
        {
            var old = Counterpart(before, now, i);
            changed.Add(old < 0 ? now[i]?.DeepClone() : Changed(raw[old], before[old], now[i]));
        }

        return changed;
    }

    /// <summary>Which of the former items the item is: the one of its name, the same one, or the one in its place.</summary>
    private static int Counterpart(JsonArray before, JsonArray now, int index)
    {
        var item = now[index];
        if (NameOf(item) is { } name)
            return before.IndexOf(before.FirstOrDefault(other => NameOf(other) == name) ?? item);
        for (var i = 0; i < before.Count; i++)
        {
            if (JsonNode.DeepEquals(before[i], item))
                return i;
        }

        return before.Count == now.Count ? index : -1;
    }

    private static string? NameOf(JsonNode? item) => item is JsonObject named && named["name"] is JsonValue name ? name.ToString() : null;

    private static JsonObject Patch(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in to)
        {
            if (from[name] is JsonObject was && value is JsonObject now)
            {
                if (Patch(was, now) is { Count: > 0 } inner)
                    patch[name] = inner;
            }
            else if (!from.ContainsKey(name) || !JsonNode.DeepEquals(from[name], value))
            {
                patch[name] = value?.DeepClone();
            }
        }

        foreach (var (name, _) in from)
        {
            if (!to.ContainsKey(name))
                patch[name] = null;
        }

        return patch;
    }
}
