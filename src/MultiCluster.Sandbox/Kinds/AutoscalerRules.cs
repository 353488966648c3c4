using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Rules for HorizontalPodAutoscalers.</summary>
internal static class AutoscalerRules
{
    public static void Check(JsonObject json, Problems problems)
    {
        var spec = json["spec"] as JsonObject ?? [];
        var (least, most) = (spec["minReplicas"].AsLong() ?? 1, spec["maxReplicas"].AsLong() ?? 0);
        if (least < 1) problems.Invalid("spec.minReplicas", least, "must be greater than or equal to 1");
        if (most < 1) problems.Invalid("spec.maxReplicas", most, "must be greater than 0");
        if (most < least) problems.Invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`");
        foreach (var name in new[] { "kind", "name" })
            if (string.IsNullOrEmpty(spec["scaleTargetRef"]?[name]?.ToString())) problems.Required($"spec.scaleTargetRef.{name}");
    }
}
