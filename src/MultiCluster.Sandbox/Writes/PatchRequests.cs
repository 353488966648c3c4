using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Patches;

namespace MultiCluster.Sandbox.Writes;

/// <summary>PATCH: an object, or its status.</summary>
internal static class PatchRequests
{
    public static async Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        if (ApplyBody.Is(request))
        {
            await ApplyRequests.ServeAsync(request, kind);
            return;
        }
        var patch = await PatchBody.ReadAsync(request, strategic: !kind.IsCustom);
        var dryRun = ApplyOptions.DryRunOf(request);
        var key = request.KeyOf(kind);
        var updated = ObjectUpdate.Run(
            request.Store, kind, key, request.Info.Subresource, dryRun, FieldOrigin.Of(request), (current, old) => Patched(request, kind, current, old, patch));
        await Answer.ObjectAsync(request, updated);
    }

    /// <summary>What a patch makes of an object.</summary>
    public static JsonObject Patched(SimulatedRequest request, ResourceKind kind, StoredObject current, JsonObject old, PatchBody patch)
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
        if (json["metadata"] is not JsonObject) throw PatchBody.Invalid("metadata is no object", json);
        CheckIdentity(request, kind, current, json);
    }

    /// <summary>A patch is of the object that the URL names, and of no other.</summary>
    public static void CheckIdentity(SimulatedRequest request, ResourceKind kind, StoredObject current, JsonObject json)
    {
        var metadata = json["metadata"]!.AsObject();
        var (ns, name) = request.KeyOf(kind);
        if (metadata["name"]?.ToString() != name)
            throw StatusError.BadRequest($"the name of the object ({metadata["name"]}) does not match the name on the URL ({name})");
        if (kind.Namespaced && metadata["namespace"]?.ToString() is var named && named != ns)
            throw StatusError.BadRequest($"the namespace of the object ({named}) does not match the namespace on the request ({ns})");
        if (metadata["uid"]?.ToString() is { Length: > 0 } uid && uid != current.Uid)
            throw StatusError.Invalid(kind, name, "metadata.uid", $"Invalid value: \"{uid}\": field is immutable");
    }
}
