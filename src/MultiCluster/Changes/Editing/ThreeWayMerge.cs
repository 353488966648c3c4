using System.Text.Json.Nodes;
using MultiCluster.Resources;

namespace MultiCluster.Changes.Editing;

/// <summary>
/// What was done to an object that was shown, done to another one: its own object of a cluster. Only what was edited changes, down to the
/// single field and the single element of a list. Where that is another in the cluster's object than was shown, it is a conflict.
/// </summary>
internal sealed class ThreeWayMerge
{
    private readonly bool _force;
    private readonly List<EditConflict> _conflicts = [];

    private ThreeWayMerge(bool force) => _force = force;

    /// <summary>The cluster's object with what was edited; where there is a conflict, as it is there.</summary>
    public JsonObject Merged { get; private set; } = [];

    /// <summary>What was edited and is another there; nothing where it is overwritten.</summary>
    public IReadOnlyList<EditConflict> Conflicts => _conflicts;

    /// <summary>The merge.</summary>
    /// <param name="shown">What was shown.</param>
    /// <param name="saved">What was made of it.</param>
    /// <param name="own">The object to which that is done.</param>
    /// <param name="force">Whether what differs is overwritten.</param>
    public static ThreeWayMerge Of(JsonObject shown, JsonObject saved, JsonObject own, bool force)
    {
        var merge = new ThreeWayMerge(force);
        merge.Merged = (JsonObject)merge.Merge(shown, saved, own, "")!;
        return merge;
    }

    private JsonNode? Merge(JsonNode? shown, JsonNode? saved, JsonNode? own, string path)
    {
        if (JsonNode.DeepEquals(shown, saved) || JsonNode.DeepEquals(saved, own))
            return own?.DeepClone();
        if (JsonNode.DeepEquals(shown, own))
            return saved?.DeepClone();
        if (saved is JsonObject table && shown is null or JsonObject && own is null or JsonObject)
            return Members((JsonObject?)shown, table, (JsonObject?)own, path);
        if (saved is JsonArray list && shown is null or JsonArray && own is null or JsonArray && ElementKeys.Of((JsonArray?)shown, list, (JsonArray?)own) is [var before, var wanted, var there])
            return Elements(before, wanted, there, path);
        return Conflict(new(path, shown, own, saved));
    }

    private JsonObject? Members(JsonObject? shown, JsonObject saved, JsonObject? own, string path)
    {
        var merged = own is null ? [] : (JsonObject)own.DeepClone();
        foreach (var name in (shown ?? []).Concat(saved).Select(static member => member.Key).Distinct(StringComparer.Ordinal).ToArray())
        {
            var there = own?[name];
            var value = Merge(shown?[name], saved[name], there, ChangedPaths.Join(path, name));
            if (value is not null)
                merged[name] = value;
            else if (there is not null)
                merged.Remove(name); // what is null there, and stays so, is left as it is
        }

        return own is null && merged.Count == 0 ? null : merged;
    }

    private JsonArray? Elements(
        OrderedDictionary<string, JsonObject> shown, OrderedDictionary<string, JsonObject> saved, OrderedDictionary<string, JsonObject> own, string path)
    {
        var merged = new OrderedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var (key, there) in own)
        {
            var (before, wanted) = (shown.GetValueOrDefault(key), saved.GetValueOrDefault(key));
            if (Merge(before, wanted, there, $"{path}[{key}]") is { } element)
                merged.Add(key, element);
        }

        var at = 0;
        foreach (var (key, wanted) in saved)
        {
            if (!merged.ContainsKey(key) && Added(shown.GetValueOrDefault(key), wanted, $"{path}[{key}]") is { } added)
                merged.Insert(at, key, added);
            if (merged.IndexOf(key) is >= 0 and var place)
                at = place + 1;
        }

        Reorder(shown, saved, merged, path);
        return own.Count == 0 && merged.Count == 0 ? null : [.. merged.Values];
    }

    /// <summary>An element that the cluster has not: a new one, or one that was edited and is not there.</summary>
    private JsonNode? Added(JsonObject? shown, JsonObject saved, string path) =>
        shown is null ? saved.DeepClone() : JsonNode.DeepEquals(shown, saved) ? null : Conflict(new(path, shown, null, saved));

    /// <summary>Puts the elements into another order when that was edited. Those that only the cluster has keep their places.</summary>
    private void Reorder(OrderedDictionary<string, JsonObject> shown, OrderedDictionary<string, JsonObject> saved, OrderedDictionary<string, JsonNode> merged, string path)
    {
        string[] before = [.. shown.Keys.Where(key => saved.ContainsKey(key) && merged.ContainsKey(key))];
        string[] wanted = [.. saved.Keys.Where(key => shown.ContainsKey(key) && merged.ContainsKey(key))];
        string[] there = [.. merged.Keys.Where(key => shown.ContainsKey(key) && saved.ContainsKey(key))];
        if (before.SequenceEqual(wanted) || there.SequenceEqual(wanted))
            return;
        if (!there.SequenceEqual(before) && !_force)
        {
            _conflicts.Add(new(path, Keys(before), Keys(there), Keys(wanted)));
            return;
        }

        string[] order = [.. saved.Keys.Where(merged.ContainsKey)];
        var values = order.Select(key => KeyValuePair.Create(key, merged[key])).ToArray();
        int[] places = [.. order.Select(key => merged.IndexOf(key)).Order()];
        string[] keys = [.. merged.Keys];
        JsonNode[] nodes = [.. merged.Values];
        for (var i = 0; i < places.Length; i++)
            (keys[places[i]], nodes[places[i]]) = (values[i].Key, values[i].Value);
        merged.Clear();
        for (var i = 0; i < keys.Length; i++)
            merged.Add(keys[i], nodes[i]);
    }

    private JsonNode? Conflict(EditConflict conflict)
    {
        if (_force)
            return conflict.Saved?.DeepClone();
        _conflicts.Add(conflict);
        return conflict.Own?.DeepClone();
    }

    private static JsonArray Keys(IEnumerable<string> keys) => [.. keys.Select(static key => (JsonNode?)key)];
}
