using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Patches;

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
        var type = TypeOf(request);
        string[] accepted = strategic ? [Json, Merge, Strategic, ApplyBody.Type] : [Json, Merge, ApplyBody.Type];
        if (!accepted.Contains(type))
        {
            throw new StatusError(
                415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", accepted)}");
        }
        return new PatchBody(type, Parse(await RequestBody.TextAsync(request)));
    }

    /// <summary>The media type of a request's body.</summary>
    public static string TypeOf(SimulatedRequest request) => request.Context.Request.ContentType?.Split(';')[0].Trim() ?? "";

    /// <summary>The patched object; what it is patched from stays as it is.</summary>
    public JsonObject ApplyTo(JsonObject json)
    {
        var patched = _type switch
        {
            Json => JsonPatch.Apply(json, _patch as JsonArray ?? throw NotA("object", "jsonpatch.Patch")),
            Merge => JsonMergePatch.Apply(json, _patch),
            _ => StrategicMergePatch.Apply(json, _patch as JsonObject ?? throw NotA("array", "map[string]interface {}")),
        };
        return patched as JsonObject ?? throw Invalid("the patched object is no object", patched);
    }

    public static StatusError Invalid(string problem, JsonNode? patched) =>
        StatusError.InvalidOptions("", "", "", ("patch", $"Invalid value: \"{patched?.ToJsonString().Replace("\"", "\\\"", StringComparison.Ordinal)}\": {problem}"));

    private static StatusError NotA(string found, string wanted) => StatusError.BadRequest($"json: cannot unmarshal {found} into Go value of type {wanted}");

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
