using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Api;

/// <summary>Reads what a client sends.</summary>
internal static class RequestBody
{
    /// <summary>An object of a kind, in its preferred version: the others differ in the name alone.</summary>
    public static async Task<JsonObject> ObjectAsync(SimulatedRequest request, ResourceKind kind)
    {
        CheckJson(request);
        var json = await OptionalAsync(request) ?? throw StatusError.BadRequest("the body of the request is empty");
        CheckKind(json, kind.Kind, ResourceKind.ApiVersionOf(kind.Group, request.Info.Version));
        json["apiVersion"] = kind.ApiVersion;
        BudgetSelector.Convert(kind, request.Info.Version, json);
        return json;
    }

    public static void CheckJson(SimulatedRequest request)
    {
        if (request.Context.Request.HasJsonContentType()) return;
        throw new StatusError(
            415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml");
    }

    public static void CheckKind(JsonObject json, string kind, string apiVersion)
    {
        if (json["kind"]?.ToString() == kind && json["apiVersion"]?.ToString() == apiVersion) return;
        throw StatusError.BadRequest(
            $"{json["kind"]} in version \"{json["apiVersion"]}\" cannot be handled as a {kind}: the object provided is not {apiVersion} {kind}");
    }

    /// <summary>A JSON object; null when the body is empty.</summary>
    public static async Task<JsonObject?> OptionalAsync(SimulatedRequest request)
    {
        var body = await TextAsync(request);
        if (string.IsNullOrWhiteSpace(body)) return null;
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw StatusError.BadRequest("the body of the request is not an object");
        }
        catch (JsonException e)
        {
            throw StatusError.BadRequest($"the object provided is unrecognized: {e.Message}");
        }
    }

    public static async Task<string> TextAsync(SimulatedRequest request)
    {
        using var text = new StreamReader(request.Context.Request.Body);
        return await text.ReadToEndAsync(request.Aborted);
    }
}
