using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Apply;

/// <summary>What differs between two values (structured-merge-diff's Compare).</summary>
internal sealed class TypedComparison
{
    private readonly List<PathElement> _path = [];

    private TypedComparison()
    {
    }

    public FieldSet Added { get; } = new();

    public FieldSet Modified { get; } = new();

    public FieldSet Removed { get; } = new();

    /// <summary>What is new or other than it was.</summary>
    public FieldSet Changed => field ??= Added.Union(Modified);

    public static TypedComparison Of(FieldType type, JsonObject before, JsonObject after)
    {
        var comparison = new TypedComparison();
        comparison.Visit(type, new(before), new(after));
        return comparison;
    }

    private void Visit(FieldType type, Slot before, Slot after)
    {
        var old = type.For(before.Value);
        var now = type.For(after.Value);
        if (before.IsThere && after.IsThere && before.Value is not null && after.Value is not null && old.GetType() != now.GetType())
        {
            if (Walk(old, before, after)) return;
            Walk(now, before, after);
            return;
        }
        if (Walk(after.IsThere && after.Value is not null ? now : old, before, after)) return;
        if (!before.IsThere) Add(Added);
        else if (!after.IsThere) Add(Removed);
    }

    // True for what was compared as a whole.
    private bool Walk(FieldType type, Slot before, Slot after)
    {
        switch (type)
        {
            case ListType { IsAtomic: false } list when before.Items.Count > 0 || after.Items.Count > 0:
                VisitItems(list, before.Items, after.Items);
                return false;
            case MapType { IsAtomic: false } map when before.Fields.Count > 0 || after.Fields.Count > 0:
                foreach (var name in before.Fields.Select(p => p.Key).Union(after.Fields.Select(p => p.Key)))
                    if (map.FieldOrElement(name) is { } below) Descend(PathElement.Field(name), below, Slot.Of(before.Fields, name), Slot.Of(after.Fields, name));
                return false;
            default:
                if (!before.IsThere) Add(Added);
                else if (!after.IsThere) Add(Removed);
                else if (!JsonNode.DeepEquals(before.Value, after.Value)) Add(Modified);
                return true;
        }
    }

    private void VisitItems(ListType list, JsonArray before, JsonArray after)
    {
        var old = ByElement(list, before);
        var now = ByElement(list, after);
        foreach (var element in old.Keys.Union(now.Keys))
        {
            var was = old.GetValueOrDefault(element) ?? [];
            var @is = now.GetValueOrDefault(element) ?? [];
            switch (was.Count, @is.Count)
            {
                case ( <= 1, <= 1):
                    Descend(element, list.Element, was.Count == 0 ? default : new(was[0]), @is.Count == 0 ? default : new(@is[0]));
                    break;
                case ( > 1, > 1):
                    if (!was.SequenceEqual(@is, Same.Instance)) Add(Modified, element);
                    break;
                case ( > 1, _):
                    if (@is.Count > 0) Descend(element, list.Element, default, new(@is[0]));
                    Add(Removed, element);
                    break;
                default:
                    if (was.Count > 0) Descend(element, list.Element, new(was[0]), default);
                    Add(Added, element);
                    break;
            }
        }
    }

    private static Dictionary<PathElement, List<JsonNode?>> ByElement(ListType list, JsonArray items) =>
        items.Select(item => (Item: item, Element: list.ElementOf(item))).Where(i => i.Element is not null)
            .GroupBy(i => i.Element!, i => i.Item).ToDictionary(g => g.Key, g => g.ToList());

    private void Descend(PathElement element, FieldType type, Slot before, Slot after)
    {
        _path.Add(element);
        Visit(type, before, after);
        _path.RemoveAt(_path.Count - 1);
    }

    private void Add(FieldSet set) => set.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_path));

    private void Add(FieldSet set, PathElement element)
    {
        _path.Add(element);
        Add(set);
        _path.RemoveAt(_path.Count - 1);
    }

    private sealed class Same : IEqualityComparer<JsonNode?>
    {
        public static Same Instance { get; } = new();

        public bool Equals(JsonNode? x, JsonNode? y) => JsonNode.DeepEquals(x, y);

        public int GetHashCode(JsonNode? obj) => 0;
    }
}
