using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Patches;

namespace MultiCluster.Sandbox.Writes;

/// <summary>The scale of a workload, which stands for its <c>spec.replicas</c>.</summary>
internal static class ScaleRequests
{
    public static async Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var store = request.Store;
        var key = request.KeyOf(kind);
        if (request.Info.Verb == "get")
        {
            var item = store.Find(kind, key.Namespace, key.Name) ?? throw StatusError.NotFound(kind, key.Name);
            await Answer.JsonAsync(request.Context, ScaleOf(item, item.ToJson()));
            return;
        }
        var change = await ReadAsync(request);
        var dryRun = request.Info.Verb == "patch" ? ApplyOptions.DryRunOf(request) : WriteOptions.DryRun(request, "UpdateOptions");
        var updated = ObjectUpdate.Run(store, kind, key, "", dryRun, FieldOrigin.Of(request), (current, old) => Scaled(kind, current, old, change));
        await Answer.JsonAsync(request.Context, ScaleOf(updated, updated.ToJson()));
    }

    private static async Task<Func<JsonObject, JsonObject>> ReadAsync(SimulatedRequest request)
    {
        if (ApplyBody.Is(request)) throw new StatusError(501, "NotImplemented", "the simulator does not apply a scale");
        if (request.Info.Verb == "patch") return (await PatchBody.ReadAsync(request, strategic: true)).ApplyTo;
        RequestBody.CheckJson(request);
        var body = await RequestBody.OptionalAsync(request) ?? throw StatusError.BadRequest("the body of the request is empty");
        RequestBody.CheckKind(body, "Scale", "autoscaling/v1");
        return _ => body;
    }

    private static JsonObject Scaled(ResourceKind kind, StoredObject current, JsonObject old, Func<JsonObject, JsonObject> change)
    {
        var scale = change(ScaleOf(current, old));
        if (scale["metadata"]?["name"]?.ToString() is { } name && name != current.Name)
            throw StatusError.BadRequest($"the name of the object ({name}) does not match the name on the URL ({current.Name})");
        if (scale["spec"]?["replicas"].AsInt() is { } replicas and < 0)
            throw StatusError.InvalidOptions("Scale", "autoscaling", current.Name, ("spec.replicas", $"Invalid value: {replicas}: must be greater than or equal to 0"));
        var json = old.DeepClone().AsObject();
        json["spec"]!["replicas"] = scale["spec"]?["replicas"].AsInt() ?? 0;
        if (scale["metadata"]?["resourceVersion"]?.ToString() is { Length: > 0 } version) json["metadata"]!["resourceVersion"] = version;
        return json;
    }

    private static JsonObject ScaleOf(StoredObject item, JsonObject json)
    {
        var replicas = json["spec"]?["replicas"].AsInt() ?? 0;
        var spec = new JsonObject();
        if (replicas != 0) spec["replicas"] = replicas;
        var status = new JsonObject { ["replicas"] = json["status"]?["replicas"].AsInt() ?? 0 };
        if (ObjectSelector.Text(json["spec"]?["selector"]) is { Length: > 0 } selector) status["selector"] = selector;
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = item.Name,
                ["namespace"] = item.Namespace,
                ["uid"] = item.Uid,
                ["resourceVersion"] = item.ResourceVersion.ToString(CultureInfo.InvariantCulture),
                ["creationTimestamp"] = json["metadata"]!["creationTimestamp"]?.DeepClone(),
            },
            ["spec"] = spec,
            ["status"] = status,
        };
    }
}
