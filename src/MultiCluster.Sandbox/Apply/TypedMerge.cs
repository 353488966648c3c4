using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Apply;

/// <summary>A live value with what is applied laid over it (structured-merge-diff's Merge).</summary>
internal static class TypedMerge
{
    public static JsonObject Of(FieldType type, JsonObject live, JsonObject applied) => Merge(type, new(live), new(applied)).Value as JsonObject ?? [];

    private static Slot Merge(FieldType type, Slot live, Slot applied)
    {
        switch (type.For(applied.IsThere && applied.Value is not null ? applied.Value : live.Value))
        {
            case ListType { IsAtomic: false } list when live.Items.Count > 0 || applied.Items.Count > 0:
                return Filled(Items(list, live.Items, applied.Items));
            case MapType { IsAtomic: false } map when live.Fields.Count > 0 || applied.Fields.Count > 0:
                return Filled(Fields(map, live.Fields, applied.Fields));
            default:
                return new((applied.IsThere ? applied : live).Value?.DeepClone());
        }
    }

    private static Slot Filled(JsonNode merged) => merged is JsonArray { Count: 0 } or JsonObject { Count: 0 } ? default : new(merged);

    private static JsonObject Fields(MapType map, JsonObject live, JsonObject applied)
    {
        var merged = new JsonObject();
        foreach (var name in live.Select(p => p.Key).Union(applied.Select(p => p.Key)))
        {
            // What a newer writer left there is of no known type, and nobody's here.
            var slot = map.FieldOrElement(name) is { } type ? Merge(type, Slot.Of(live, name), Slot.Of(applied, name)) : new(live[name]?.DeepClone());
            if (slot.IsThere) merged[name] = slot.Value;
        }
        return merged;
    }

    /// <summary>
    /// Items in the order in which they are applied, and what is there besides left between those it stood between: items of both are met in
    /// the applied order, what is live alone comes before the next of them.
    /// </summary>
    private static JsonArray Items(ListType list, JsonArray live, JsonArray applied)
    {
        var old = live.Select(item => (Element: list.ElementOf(item), Item: item)).Where(i => i.Element is not null).ToList();
        var now = applied.Select(item => (Element: list.ElementOf(item), Item: item)).Where(i => i.Element is not null).ToList();
        var oldOnes = old.Select(i => i.Element!).ToHashSet();
        var newOnes = now.Select(i => i.Element!).ToHashSet();
        var shared = new Queue<PathElement>(now.Select(i => i.Element!).Where(oldOnes.Contains));
        var merged = new JsonArray();
        var done = new HashSet<PathElement>();
        var (l, r) = (0, 0);
        while (l < old.Count || r < now.Count)
        {
            if (l < old.Count && r < now.Count)
            {
                var element = old[l].Element!;
                if (element.Equals(now[r].Element))
                {
                    TakeApplied();
                    l++;
                    continue;
                }
                if (newOnes.Contains(element) && shared.TryPeek(out var next) && !next.Equals(element))
                {
                    l++; // In both, and not yet its turn.
                    continue;
                }
            }
            if (l < old.Count)
            {
                if (!newOnes.Contains(old[l].Element!))
                {
                    Add(Merge(list.Element, new(old[l].Item), default));
                    l++;
                    continue;
                }
                if (done.Contains(old[l].Element!)) l++;
            }
            if (r < now.Count) TakeApplied();
        }
        return merged;

        void TakeApplied()
        {
            var (element, item) = now[r++];
            done.Add(element!);
            var there = old.Where(i => i.Element!.Equals(element)).ToList();
            // Of two live items with one key neither is what is meant.
            Add(Merge(list.Element, there.Count == 1 ? new(there[0].Item) : default, new(item)));
            if (shared.TryPeek(out var next) && next.Equals(element)) shared.Dequeue();
        }

        void Add(Slot slot)
        {
            if (slot.IsThere) merged.Add(slot.Value);
        }
    }
}
