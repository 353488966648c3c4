using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Apply;

/// <summary>The types of custom resources, by the schema of their definition (its <c>openAPIV3Schema</c> with Kubernetes' extensions).</summary>
internal static class CustomTypes
{
    // Read once for each version of a definition.
    private static readonly ConditionalWeakTable<StoredObject, Dictionary<string, FieldType>> Read = [];

    /// <param name="definition">The CustomResourceDefinition; null when the kind is served without one.</param>
    /// <param name="version">The version that is asked for.</param>
    /// <param name="metadata">The type of an object's metadata.</param>
    public static FieldType Of(StoredObject? definition, string version, FieldType metadata)
    {
        if (definition is null) return Root(new JsonObject { [Unknown] = true }, metadata);
        var types = Read.GetValue(definition, static _ => []);
        lock (types)
        {
            if (!types.TryGetValue(version, out var type)) types[version] = type = Root(SchemaOf(definition.ToJson(), version), metadata);
            return type;
        }
    }

    private const string Unknown = "x-kubernetes-preserve-unknown-fields";

    /// <summary>The schema of one version; one that lets everything through when it has none.</summary>
    public static JsonObject SchemaOf(JsonObject definition, string version) =>
        (definition["spec"]?["versions"] as JsonArray)?.FirstOrDefault(v => v?["name"]?.ToString() == version)?["schema"]?["openAPIV3Schema"] as JsonObject
        ?? new JsonObject { [Unknown] = true };

    private static MapType Root(JsonObject schema, FieldType metadata)
    {
        var fields = FieldsOf(schema);
        fields["apiVersion"] = fields["kind"] = new ScalarType('s');
        fields["metadata"] = metadata;
        return new MapType { Fields = fields, Element = Flag(schema, Unknown) ? AnyType.Instance : null };
    }

    private static FieldType TypeOf(JsonObject schema)
    {
        if (Flag(schema, "x-kubernetes-int-or-string")) return new ScalarType('u');
        switch (schema["type"]?.ToString())
        {
            case "string":
                return new ScalarType('s');
            case "integer" or "number":
                return new ScalarType('n');
            case "boolean":
                return new ScalarType('b');
            case "array":
                return new ListType(schema["items"] is JsonObject items ? TypeOf(items) : AnyType.Instance, KeysOf(schema));
            case "object" or null when schema["properties"] is JsonObject:
                return new MapType { Fields = FieldsOf(schema), Defaults = DefaultsOf(schema), Element = ElementOf(schema), IsAtomic = IsAtomic(schema) };
            case "object" when schema["additionalProperties"] is JsonObject element:
                return new MapType { Element = TypeOf(element), IsAtomic = IsAtomic(schema) };
            default:
                return IsAtomic(schema) ? new MapType { Element = AnyType.Instance, IsAtomic = true } : AnyType.Instance;
        }
    }

    private static IReadOnlyList<string>? KeysOf(JsonObject schema) => schema["x-kubernetes-list-type"]?.ToString() switch
    {
        "set" => [],
        "map" => [.. schema["x-kubernetes-list-map-keys"]!.AsArray().Select(k => k!.ToString())],
        _ => null,
    };

    private static FieldType? ElementOf(JsonObject schema) =>
        schema["additionalProperties"] is JsonObject element ? TypeOf(element) : Flag(schema, Unknown) ? AnyType.Instance : null;

    private static Dictionary<string, FieldType> FieldsOf(JsonObject schema) =>
        (schema["properties"] as JsonObject)?.ToDictionary(p => p.Key, p => p.Value is JsonObject inner ? TypeOf(inner) : AnyType.Instance) ?? [];

    private static Dictionary<string, JsonNode> DefaultsOf(JsonObject schema) =>
        schema["properties"]!.AsObject().Where(p => p.Value?["default"] is not null).ToDictionary(p => p.Key, p => p.Value!["default"]!);

    private static bool IsAtomic(JsonObject schema) => schema["x-kubernetes-map-type"]?.ToString() == "atomic";

    private static bool Flag(JsonObject schema, string name) => schema[name].AsBool() is true;
}
