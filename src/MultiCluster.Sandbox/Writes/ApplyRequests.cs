using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Apply;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Patches;

namespace MultiCluster.Sandbox.Writes;

/// <summary>PATCH with a configuration to apply (server-side apply): to what is there, or to create it.</summary>
internal static class ApplyRequests
{
    public static async Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var options = ApplyOptions.Of(request);
        var applied = await ReadAsync(request, kind);
        var type = KindTypes.Of(request.Store, kind, request.Info.Version)
            ?? throw new StatusError(501, "NotImplemented", $"the simulator does not apply {kind.QualifiedPlural}");
        if (TypedCheck.Of(type, applied) is { Count: > 0 } problems)
            throw new StatusError(500, "", $"failed to create typed patch object: {(problems.Count == 1 ? problems[0] : $"errors:\n  {string.Join("\n  ", problems)}")}");
        foreach (var field in UpdateRules.Ignored(kind, request.Info.Subresource)) applied.Remove(field);

        var writer = FieldOrigin.Of(request) with { Applies = true };
        var key = request.KeyOf(kind);
        while (true)
        {
            if (request.Info.Subresource.Length == 0 && request.Store.Find(kind, key.Namespace, key.Name) is null)
            {
                if (Create() is not { } created) continue; // Another writer was quicker.
                await Answer.ObjectAsync(request, created, 201);
                return;
            }
            var updated = ObjectUpdate.Run(request.Store, kind, key, request.Info.Subresource, options.DryRun, writer, Applied);
            await Answer.ObjectAsync(request, updated);
            return;
        }

        JsonObject Applied(StoredObject current, JsonObject old)
        {
            var wanted = Ownership.Apply(type, old, applied, writer, options.Force, kind.IsCustom);
            PatchRequests.CheckIdentity(request, kind, current, wanted);
            wanted["apiVersion"] = kind.ApiVersion;
            return wanted;
        }

        StoredObject? Create()
        {
            var info = request.Info;
            if (!request.User!.May("create", info.Group, info.Resource, info.Namespace, info.Name)) throw StatusError.Forbidden(info with { Verb = "create" }, request.User.Name);
            var json = Ownership.Apply(type, null, applied, writer, options.Force, kind.IsCustom);
            json["apiVersion"] = kind.ApiVersion;
            var metadata = json["metadata"]!.AsObject();
            if (metadata["uid"]?.ToString() is { Length: > 0 } uid)
            {
                throw StatusError.Conflict(
                    kind.QualifiedPlural, kind.Group, kind.Plural, key.Name, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
            }
            return NewObject.Store(request, kind, json, options.DryRun, writer);
        }
    }

    private static async Task<JsonObject> ReadAsync(SimulatedRequest request, ResourceKind kind)
    {
        var applied = ApplyBody.Parse(await RequestBody.TextAsync(request));
        var version = ResourceKind.ApiVersionOf(kind.Group, request.Info.Version);
        if (applied["apiVersion"]?.ToString() is var given && given != version)
            throw StatusError.BadRequest($"Incorrect version specified in apply patch. Specified patch version: {given}, expected: {version}");
        if (applied["kind"]?.ToString() is var named && named != kind.Kind)
            throw new StatusError(500, "", $"failed to merge config: expected objects of the same type, but got {named} and {kind.Kind}");
        if (applied["metadata"] is not JsonObject metadata) applied["metadata"] = metadata = [];
        if (metadata["managedFields"] is not null) throw StatusError.BadRequest("metadata.managedFields must be nil");
        var (ns, name) = request.KeyOf(kind);
        metadata["name"] ??= name;
        if (metadata["name"]!.ToString() is var its && its != name)
            throw StatusError.BadRequest($"the name of the object ({its}) does not match the name on the URL ({name})");
        if (kind.Namespaced) metadata["namespace"] ??= ns;
        if (kind.Namespaced && metadata["namespace"]!.ToString() is var there && there != ns)
            throw StatusError.BadRequest($"the namespace of the object ({there}) does not match the namespace on the request ({ns})");
        BudgetSelector.Convert(kind, request.Info.Version, applied);
        return applied;
    }
}
