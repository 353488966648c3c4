using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>PUT: an object, or its status.</summary>
internal static class UpdateRequests
{
    public static async Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var dryRun = WriteOptions.DryRun(request, "UpdateOptions");
        var json = await RequestBody.ObjectAsync(request, kind);
        var metadata = json["metadata"] as JsonObject ?? [];
        json["metadata"] = metadata;
        var key = request.KeyOf(kind);
        if (metadata["name"]?.ToString() != key.Name)
            throw StatusError.BadRequest($"the name of the object ({metadata["name"]}) does not match the name on the URL ({key.Name})");
        if (kind.Namespaced) metadata["namespace"] = key.Namespace;
        var updated = ObjectUpdate.Run(request.Store, kind, key, request.Info.Subresource, dryRun, FieldOrigin.Of(request), (current, _) => Checked(kind, current, json));
        await Answer.ObjectAsync(request, updated);
    }

    // Whoever sends a uid means that object and no other of its name (storage.Preconditions.Check).
    private static JsonObject Checked(ResourceKind kind, StoredObject current, JsonObject json)
    {
        var uid = json["metadata"]!["uid"]?.ToString() ?? "";
        if (uid.Length == 0 || uid == current.Uid) return json;
        var stored = kind.IsCustom ? $"{kind.Group}/{kind.Plural}" : kind.Plural;
        throw StatusError.Conflict(
            kind.QualifiedPlural,
            kind.Group,
            kind.Plural,
            current.Name,
            $"StorageError: invalid object, Code: 4, Key: /registry/{stored}/{current.Key}, ResourceVersion: 0, "
            + $"AdditionalErrorMsg: Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid}");
    }
}
