using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Budgets;

/// <summary>What a pod's status says to those who count pods.</summary>
internal static class PodHealth
{
    public static bool IsReady(JsonNode pod) =>
        (pod["status"]?["conditions"] as JsonArray)?.Any(c => c!["type"]?.ToString() == "Ready" && c["status"]?.ToString() == "True") ?? false;

    public static bool IsTerminating(JsonNode pod) => pod["metadata"]?["deletionTimestamp"] is not null;

    public static bool IsFinished(JsonNode pod) => pod["status"]?["phase"]?.ToString() is "Succeeded" or "Failed";

    /// <summary>True for a pod that its controller counts (controller.IsPodActive).</summary>
    public static bool IsActive(JsonNode pod) => !IsFinished(pod) && !IsTerminating(pod);
}
