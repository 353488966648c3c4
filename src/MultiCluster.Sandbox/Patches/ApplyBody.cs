using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Patches;

/// <summary>The configuration that an apply sends.</summary>
internal static class ApplyBody
{
    public const string Type = "application/apply-patch+yaml";

    public static bool Is(SimulatedRequest request) => PatchBody.TypeOf(request) == Type;

    public static JsonObject Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw StatusError.BadRequest(
                "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}");
        }
        catch (JsonException)
        {
            throw new StatusError(501, "NotImplemented", "the simulator reads a configuration to apply as JSON only");
        }
    }
}
