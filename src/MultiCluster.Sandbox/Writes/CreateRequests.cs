using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>POST: a new object.</summary>
internal static class CreateRequests
{
    public static async Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var dryRun = WriteOptions.DryRun(request, "CreateOptions");
        var json = await RequestBody.ObjectAsync(request, kind);
        if (json["metadata"] is not JsonObject metadata) json["metadata"] = metadata = [];
        if (metadata["name"] is null && metadata["generateName"]?.ToString() is { } prefix) metadata["name"] = prefix + Guid.NewGuid().ToString("n")[..5];
        var stored = NewObject.Store(request, kind, json, dryRun, FieldOrigin.Of(request)) ?? throw StatusError.AlreadyExists(kind, metadata["name"]!.ToString());
        await Answer.ObjectAsync(request, stored, 201);
    }
}
