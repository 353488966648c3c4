using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Patches;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>PUT and PATCH of a pod's ephemeral containers: they are added, and never changed or removed. Then what the kubelet makes of them.</summary>
internal static class EphemeralRequests
{
    private const string List = "ephemeralContainers";

    public static async Task ServeAsync(SimulatedRequest request, ResourceKind pods, ClusterContainers containers, ClusterLogs logs)
    {
        var patches = request.Info.Verb == "patch";
        var patch = patches ? await PatchBody.ReadAsync(request, strategic: true) : null;
        var json = patches ? null : await RequestBody.ObjectAsync(request, pods);
        var dryRun = WriteOptions.DryRun(request, patches ? "PatchOptions" : "UpdateOptions");
        var updated = ObjectUpdate.Run(request.Store, pods, request.KeyOf(pods), "ephemeralcontainers", dryRun, FieldOrigin.Of(request), (current, old) =>
        {
            var wanted = patch is null ? json! : PatchRequests.Patched(request, pods, current, old.DeepClone().AsObject(), patch);
            var changed = old.DeepClone().AsObject();
            changed["spec"]![List] = wanted["spec"]?[List]?.DeepClone();
            if (wanted["metadata"]?["resourceVersion"] is { } version) changed["metadata"]!["resourceVersion"] = version.DeepClone();
            Check(current.Name, old, changed["spec"]!);
            return changed;
        });
        await Answer.ObjectAsync(request, updated);
        if (!dryRun) Begin(request.Store, request.Info, containers, logs);
    }

    // pkg/apis/core/validation: ValidatePodEphemeralContainersUpdate
    private static void Check(string pod, JsonObject old, JsonNode spec)
    {
        var problems = new List<(string, string)>();
        var wanted = (spec[List] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var others = ((string[])["containers", "initContainers"]).SelectMany(list => spec[list]?.AsArray() ?? []).Select(container => $"{container!["name"]}").ToHashSet();
        foreach (var (i, container) in wanted.Index())
        {
            var path = $"spec.{List}[{i}]";
            if ($"{container["name"]}".Length == 0) problems.Add(($"{path}.name", "Required value"));
            else if (others.Contains($"{container["name"]}")) problems.Add(($"{path}.name", $"Duplicate value: \"{container["name"]}\""));
            if ($"{container["image"]}".Length == 0) problems.Add(($"{path}.image", "Required value"));
            if ($"{container["targetContainerName"]}" is { Length: > 0 } target && !others.Contains(target)) problems.Add(($"{path}.targetContainerName", $"Not found: \"{target}\""));
            foreach (var field in ((string[])["ports", "livenessProbe", "readinessProbe", "lifecycle"]).Where(field => container[field] is not null))
                problems.Add(($"{path}.{field}", "Forbidden: cannot be set for an Ephemeral Container"));
        }
        foreach (var before in (old["spec"]![List] as JsonArray ?? []).OfType<JsonObject>())
        {
            var now = wanted.FirstOrDefault(container => $"{container["name"]}" == $"{before["name"]}");
            if (now is null) problems.Add(($"spec.{List}", $"Forbidden: existing ephemeral containers \"{before["name"]}\" may not be removed\n"));
            else if ($"{now["image"]}" != $"{before["image"]}" || !JsonNode.DeepEquals(now["command"], before["command"]))
                problems.Add(($"spec.{List}", $"Forbidden: existing ephemeral containers \"{before["name"]}\" may not be changed\n"));
        }
        if (problems.Count > 0) throw StatusError.InvalidOptions("Pod", "", pod, problems);
    }

    // What the pod's kubelet does then; one that has no node, or does not run, waits.
    private static void Begin(ClusterStore store, RequestInfo info, ClusterContainers containers, ClusterLogs logs)
    {
        if (store.Find("pods", info.Namespace, info.Name) is not { } pod) return;
        var json = pod.ToJson();
        if ($"{json["status"]?["phase"]}" != "Running" || store.Find("nodes", null, $"{json["spec"]!["nodeName"]}") is null) return;
        var started = EphemeralStatuses.Complete(json, pod, containers, Timestamp.Of(store.Time.GetUtcNow()));
        pod = store.Replace(json);
        foreach (var name in started) containers.MainOf(pod, json, name, logs);
    }
}
