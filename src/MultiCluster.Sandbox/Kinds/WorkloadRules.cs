using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Rules for Deployments, StatefulSets, DaemonSets and ReplicaSets.</summary>
internal static class WorkloadRules
{
    private static readonly string[] ChangeableOfStatefulSet =
        ["replicas", "template", "updateStrategy", "persistentVolumeClaimRetentionPolicy", "minReadySeconds", "revisionHistoryLimit", "ordinals"];

    public static void Check(string plural, JsonObject? before, JsonObject json, Problems problems)
    {
        var spec = json["spec"] as JsonObject ?? [];
        if (spec["replicas"].AsLong() is { } replicas and < 0) problems.Invalid("spec.replicas", replicas, "must be greater than or equal to 0");
        CheckSelector(plural, spec, problems);
        PodRules.CheckSpec(spec["template"]?["spec"] as JsonObject ?? [], "spec.template.spec", problems);
        if (spec["template"]?["spec"]?["restartPolicy"]?.ToString() is { } policy and not "Always" && policy is "OnFailure" or "Never")
            problems.Unsupported("spec.template.spec.restartPolicy", policy, "Always");
        if (plural == "deployments" && spec["strategy"] is JsonObject strategy) CheckStrategy(strategy, problems);
        if (before is null) return;
        if (plural == "statefulsets") CheckStatefulSet(before["spec"] as JsonObject ?? [], spec, problems);
        else if (!JsonNode.DeepEquals(before["spec"]?["selector"], spec["selector"]))
            problems.Invalid("spec.selector", spec["selector"] is { } selector ? GoValue.Selector(selector) : null, "field is immutable");
    }

    private static void CheckSelector(string plural, JsonObject spec, Problems problems)
    {
        var labels = spec["template"]?["metadata"]?["labels"];
        var selector = spec["selector"] as JsonObject;
        if (selector is null && plural != "daemonsets") problems.Required("spec.selector");
        if (selector is { Count: 0 }) problems.Invalid("spec.selector", GoValue.Selector(selector), "empty selector is invalid for " + plural[..^1]);
        if (selector is null || !ObjectSelector.Matches(selector, Texts(labels)))
            problems.Invalid("spec.template.metadata.labels", GoValue.Map(labels), "`selector` does not match template `labels`");
        MetadataRules.CheckLabels(labels, "spec.template.metadata.labels", problems);
    }

    private static Dictionary<string, string> Texts(JsonNode? labels) =>
        (labels as JsonObject)?.ToDictionary(p => p.Key, p => p.Value?.ToString() ?? "") ?? [];

    private static void CheckStrategy(JsonObject strategy, Problems problems)
    {
        switch (strategy["type"]?.ToString())
        {
            case "Recreate":
                if (strategy["rollingUpdate"] is not null)
                    problems.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
                break;
            case "RollingUpdate":
                if (IsZero(strategy["rollingUpdate"]?["maxUnavailable"]) && IsZero(strategy["rollingUpdate"]?["maxSurge"]))
                    problems.Invalid("spec.strategy.rollingUpdate.maxUnavailable", new GoValue("intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}"), "may not be 0 when `maxSurge` is 0");
                break;
            case var other:
                problems.Unsupported("spec.strategy.type", other ?? "", "Recreate", "RollingUpdate");
                break;
        }
    }

    private static bool IsZero(JsonNode? value) => value?.ToString() is "0" or "0%";

    private static void CheckStatefulSet(JsonObject before, JsonObject spec, Problems problems)
    {
        if (JsonNode.DeepEquals(Lasting(before), Lasting(spec))) return;
        problems.Forbidden("spec", "updates to statefulset spec for fields other than 'replicas', 'template', and 'updateStrategy' are forbidden");

        static JsonObject Lasting(JsonObject spec)
        {
            var lasting = spec.DeepClone().AsObject();
            foreach (var name in ChangeableOfStatefulSet) lasting.Remove(name);
            return lasting;
        }
    }
}
