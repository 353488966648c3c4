using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Apply;

/// <summary>A value without some of its fields (structured-merge-diff's RemoveItems).</summary>
internal static class TypedRemoval
{
    public static JsonObject Without(FieldType type, JsonObject value, FieldSet fields) => Remove(type, value, fields) as JsonObject ?? [];

    private static JsonNode? Remove(FieldType type, JsonNode? value, FieldSet fields)
    {
        switch (type.For(value), value)
        {
            case (ListType list, JsonArray items):
                // Of what is one field nothing is left once something of it goes.
                if (list.IsAtomic) return null;
                var kept = new JsonArray();
                foreach (var item in items)
                {
                    var element = list.ElementOf(item);
                    if (element is not null && fields.Has(element)) continue;
                    var below = element is null ? FieldSet.Empty : fields.Below(element);
                    kept.Add(below.IsEmpty ? item?.DeepClone() : Remove(list.Element, item, below));
                }
                return kept.Count == 0 ? null : kept;
            case (MapType map, JsonObject there):
                if (map.IsAtomic) return null;
                var left = new JsonObject();
                foreach (var (name, field) in there)
                {
                    var element = PathElement.Field(name);
                    if (fields.Has(element)) continue;
                    var below = fields.Below(element);
                    left[name] = below.IsEmpty || map.FieldOrElement(name) is not { } inner ? field?.DeepClone() : Remove(inner, field, below);
                }
                return left.Count == 0 ? null : left;
            default:
                return value?.DeepClone();
        }
    }
}
