using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Apply;

/// <summary>One entry of <c>metadata.managedFields</c>.</summary>
internal sealed record FieldOwner(string Manager, bool Applies, string ApiVersion, string Subresource, string Time, FieldSet Fields)
{
    /// <summary>True for the entry that a writer goes on with. Whoever applies has one entry, whatever version it is in.</summary>
    public bool Is(FieldWriter writer, bool applies) =>
        Manager == writer.Manager && Applies == applies && Subresource == writer.Subresource && (applies || ApiVersion == writer.ApiVersion);

    /// <summary>As conflicts name it.</summary>
    public override string ToString()
    {
        var name = Subresource.Length == 0 ? $"\"{Manager}\"" : $"\"{Manager}\" with subresource \"{Subresource}\"";
        return Applies ? name : $"{name} using {ApiVersion}";
    }
}

/// <summary>Who owns what of an object: <c>metadata.managedFields</c>, read and written.</summary>
internal static class FieldOwners
{
    private const string Field = "managedFields";

    /// <summary>The owners; those that own nothing are none.</summary>
    public static List<FieldOwner> Read(JsonObject? json)
    {
        if (json?["metadata"]?[Field] is not JsonArray entries) return [];
        return
        [
            .. entries.OfType<JsonObject>().Where(e => e["fieldsV1"] is JsonObject).Select(e => new FieldOwner(
                Text(e["manager"]), Text(e["operation"]) == "Apply", Text(e["apiVersion"]), Text(e["subresource"]), Text(e["time"]), FieldSet.Parse(e["fieldsV1"]))),
        ];
    }

    /// <summary>True when a client wants nobody to own anything: <c>managedFields: [{}]</c>.</summary>
    public static bool AreReset(JsonObject json) => json["metadata"]?[Field] is JsonArray { Count: 1 } entries && entries[0] is JsonObject { Count: 0 };

    /// <summary>Writes the owners; an empty list where there are none, which says more than no list.</summary>
    public static void Write(JsonObject json, IEnumerable<FieldOwner> owners)
    {
        if (json["metadata"] is not JsonObject metadata) json["metadata"] = metadata = [];
        metadata[Field] = new JsonArray([.. owners.Where(o => !o.Fields.IsEmpty).OrderBy(o => !o.Applies).ThenBy(o => o.Time, StringComparer.Ordinal)
            .ThenBy(o => o.Manager, StringComparer.Ordinal).ThenBy(o => o.ApiVersion, StringComparer.Ordinal).Select(ToJson)]);
    }

    public static JsonObject Without(JsonObject json)
    {
        var bare = json.DeepClone().AsObject();
        (bare["metadata"] as JsonObject)?.Remove(Field);
        return bare;
    }

    private static JsonNode ToJson(FieldOwner owner)
    {
        var json = new JsonObject { ["manager"] = owner.Manager, ["operation"] = owner.Applies ? "Apply" : "Update", ["apiVersion"] = owner.ApiVersion };
        if (owner.Time.Length > 0) json["time"] = owner.Time;
        json["fieldsType"] = "FieldsV1";
        json["fieldsV1"] = owner.Fields.ToJson();
        if (owner.Subresource.Length > 0) json["subresource"] = owner.Subresource;
        return json;
    }

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
