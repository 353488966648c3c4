using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Evictions;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>PATCH: an object, or its status.</summary>
internal static class PatchRequests
{
    public static async Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var patch = await PatchBody.ReadAsync(request, strategic: !kind.IsCustom);
        var dryRun = WriteOptions.DryRun(request, "PatchOptions");
        var key = request.KeyOf(kind);
        var updated = ObjectUpdate.Run(request.Cluster.Store, kind, key, request.Info.Subresource, dryRun, (current, old) => Patched(request, kind, current, old, patch));
        await ObjectRequests.WriteAsync(request, updated, 200);
    }

    private static JsonObject Patched(SimulatedRequest request, ResourceKind kind, StoredObject current, JsonObject old, PatchBody patch)
    {
        var version = ResourceKind.ApiVersionOf(kind.Group, request.Info.Version);
        old["apiVersion"] = version;
        var json = patch.ApplyTo(old);
        old["apiVersion"] = kind.ApiVersion;
        Check(request, kind, current, json, version);
        json["apiVersion"] = kind.ApiVersion;
        BudgetSelector.Convert(kind, request.Info.Version, json);
        return json;
    }

    private static void Check(SimulatedRequest request, ResourceKind kind, StoredObject current, JsonObject json, string version)
    {
        if (json["kind"]?.ToString() != kind.Kind || json["apiVersion"]?.ToString() != version)
            throw PatchBody.Invalid($"no kind \"{json["kind"]}\" is registered for version \"{json["apiVersion"]}\"", json);
        if (json["metadata"] is not JsonObject metadata) throw PatchBody.Invalid("metadata is no object", json);
        var (ns, name) = request.KeyOf(kind);
        if (metadata["name"]?.ToString() != name)
            throw StatusError.BadRequest($"the name of the object ({metadata["name"]}) does not match the name on the URL ({name})");
        if (kind.Namespaced && metadata["namespace"]?.ToString() is var named && named != ns)
            throw StatusError.BadRequest($"the namespace of the object ({named}) does not match the namespace on the request ({ns})");
        if (metadata["uid"]?.ToString() is { Length: > 0 } uid && uid != current.Uid)
            throw StatusError.Invalid(kind, name, "metadata.uid", $"Invalid value: \"{uid}\": field is immutable");
    }
}

/// <summary>A patch of one of the types that are served.</summary>
internal sealed class PatchBody
{
    private const string Json = "application/json-patch+json";
    private const string Merge = "application/merge-patch+json";
    private const string Strategic = "application/strategic-merge-patch+json";

    private readonly string _type;
    private readonly JsonNode? _patch;

    private PatchBody(string type, JsonNode? patch) => (_type, _patch) = (type, patch);

    public static async Task<PatchBody> ReadAsync(SimulatedRequest request, bool strategic)
    {
        var type = request.Context.Request.ContentType?.Split(';')[0].Trim() ?? "";
        string[] accepted = strategic ? [Json, Merge, Strategic] : [Json, Merge];
        if (!accepted.Contains(type))
        {
            throw new StatusError(
                415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", accepted)}");
        }
        return new PatchBody(type, Parse(await RequestBody.TextAsync(request)));
    }

    /// <summary>The patched object; what it is patched from stays as it is.</summary>
    public JsonObject ApplyTo(JsonObject json)
    {
        var patched = _type switch
        {
            Json => JsonPatch.Apply(json, _patch as JsonArray ?? throw StatusError.BadRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch")),
            Merge => JsonMergePatch.Apply(json, _patch),
            _ => StrategicMergePatch.Apply(json, _patch as JsonObject ?? throw StatusError.BadRequest("json: cannot unmarshal array into Go value of type map[string]interface {}")),
        };
        return patched as JsonObject ?? throw Invalid("the patched object is no object", patched);
    }

    public static StatusError Invalid(string problem, JsonNode? patched) =>
        StatusError.InvalidOptions("", "", "", ("patch", $"Invalid value: \"{patched?.ToJsonString().Replace("\"", "\\\"", StringComparison.Ordinal)}\": {problem}"));

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException e)
        {
            throw StatusError.BadRequest($"error decoding patch: {e.Message}");
        }
    }
}
