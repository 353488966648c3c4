using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Apply;

/// <summary>The fields that a value has: what someone who applies it owns (structured-merge-diff's ToFieldSet).</summary>
internal sealed class TypedFields
{
    private readonly FieldSet _set = new();
    private readonly List<PathElement> _path = [];

    public static FieldSet Of(FieldType type, JsonNode? value)
    {
        var walk = new TypedFields();
        walk.Visit(type, value);
        return walk._set;
    }

    private void Visit(FieldType type, JsonNode? value)
    {
        switch (type.For(value))
        {
            case ListType { IsAtomic: false } list:
                if (value is JsonArray items) VisitItems(list, items);
                break;
            case MapType { IsAtomic: false } map:
                if (value is JsonObject fields) VisitFields(map, fields);
                break;
            default:
                Own();
                break;
        }
    }

    private void VisitItems(ListType list, JsonArray items)
    {
        // Items of one key are one field, as a whole.
        foreach (var same in items.Select(item => (Item: item, Element: list.ElementOf(item))).Where(i => i.Element is not null).GroupBy(i => i.Element!))
        {
            _path.Add(same.Key);
            if (same.Count() == 1) Visit(list.Element, same.Single().Item);
            Own();
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void VisitFields(MapType map, JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            if (map.FieldOrElement(name) is not { } type) continue;
            _path.Add(PathElement.Field(name));
            Visit(type, value);
            if (value is null or JsonObject { Count: 0 } || !map.Fields.ContainsKey(name)) Own();
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void Own() => _set.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_path));
}
