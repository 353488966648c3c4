using System.Text.Json;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Apply;

/// <summary>What a value may be, and of how many fields it is: the part of a schema that decides who owns what.</summary>
internal abstract class FieldType
{
    /// <summary>The type that a value has, where a type leaves that open.</summary>
    public virtual FieldType For(JsonNode? value) => this;

    /// <summary>The type of what a step leads to; null for none.</summary>
    public virtual FieldType? Below(PathElement step) => null;

    /// <summary>What is wrong with the kind of a value; null for nothing. Null goes for everything.</summary>
    public abstract string? Mismatch(JsonNode? value);
}

/// <summary>A single value: <c>s</c>tring, <c>n</c>umber, <c>b</c>oolean or any of them (<c>u</c>).</summary>
internal sealed class ScalarType(char kind) : FieldType
{
    public override string? Mismatch(JsonNode? value) => (kind, value?.GetValueKind()) switch
    {
        (_, null) => null,
        ('s', not JsonValueKind.String) => $"expected string, got {ShownValue.Of(value!)}",
        ('n', not JsonValueKind.Number) => "expected numeric (int or float), got *value.valueUnstructured",
        ('b', not (JsonValueKind.True or JsonValueKind.False)) => $"expected boolean, got {ShownValue.Pointer(value!)}",
        ('u', JsonValueKind.Object or JsonValueKind.Array) => $"expected any scalar, got {ShownValue.Pointer(value!)}",
        _ => null,
    };
}

/// <summary>A list: one field as a whole (no keys at all), a set (no key) or items known by the values of their keys.</summary>
internal sealed class ListType(FieldType element, IReadOnlyList<string>? keys) : FieldType
{
    public FieldType Element => element;

    public bool IsAtomic => keys is null;

    public override FieldType? Below(PathElement step) => step.IsField ? null : element;

    public override string? Mismatch(JsonNode? value) => value is null or JsonArray ? null : $"expected list, got {ShownValue.Pointer(value)}";

    /// <summary>The fields that make an item's key, for messages.</summary>
    public IReadOnlyList<string> Keys => keys ?? [];

    /// <summary>How an item is known; null when it has no key.</summary>
    public PathElement? ElementOf(JsonNode? item)
    {
        if (keys!.Count == 0) return item is JsonValue value ? PathElement.Value(value) : null;
        if (item is not JsonObject map) return null;
        var known = new JsonObject();
        foreach (var key in keys.Order(StringComparer.Ordinal))
        {
            if (map[key] is { } there) known[key] = there.DeepClone();
            else if ((element as MapType)?.Defaults.GetValueOrDefault(key) is { } value) known[key] = value.DeepClone();
        }
        return known.Count == 0 ? null : PathElement.Key(known);
    }
}

/// <summary>A struct (fields), a map (an element's type) or, in custom resources, both.</summary>
internal sealed class MapType : FieldType
{
    public IReadOnlyDictionary<string, FieldType> Fields { get; set; } = new Dictionary<string, FieldType>();

    /// <summary>Type of what is no field; null when there is nothing else.</summary>
    public FieldType? Element { get; init; }

    public bool IsAtomic { get; init; }

    /// <summary>The values that keys of a list have when they are left out.</summary>
    public IReadOnlyDictionary<string, JsonNode> Defaults { get; set; } = new Dictionary<string, JsonNode>();

    public FieldType? FieldOrElement(string name) => Fields.TryGetValue(name, out var type) ? type : Element;

    public override FieldType? Below(PathElement step) => step.IsField ? FieldOrElement(step.Name) : null;

    public override string? Mismatch(JsonNode? value) => value is null or JsonObject ? null : $"expected map, got {ShownValue.Pointer(value)}";
}

/// <summary>Nothing is known: maps are taken apart, lists are not.</summary>
internal sealed class AnyType : FieldType
{
    public static AnyType Instance { get; } = new();

    private static MapType Map { get; } = new() { Element = Instance };

    private static ListType List { get; } = new(Instance, null);

    private static ScalarType Scalar { get; } = new('u');

    public override FieldType For(JsonNode? value) => value switch { null or JsonObject => Map, JsonArray => List, _ => Scalar };

    public override FieldType? Below(PathElement step) => step.IsField ? this : null;

    public override string? Mismatch(JsonNode? value) => null;
}
