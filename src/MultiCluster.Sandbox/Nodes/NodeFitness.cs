using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Nodes;

/// <summary>Whether a node takes pods.</summary>
internal static class NodeFitness
{
    public static bool IsSchedulable(JsonNode node) => node["spec"]?["unschedulable"].AsBool() != true;

    /// <summary>False for a node whose kubelet says so, or has fallen silent; a node that says nothing is taken to be well.</summary>
    public static bool IsReady(JsonNode node) => Ready(node) is null or "True";

    /// <summary>True when nothing has been heard of the node for a while.</summary>
    public static bool IsSilent(JsonNode node) => Ready(node) == "Unknown";

    /// <summary>True when every taint that keeps pods off is tolerated.</summary>
    public static bool Tolerates(JsonNode? podSpec, JsonNode node, params ReadOnlySpan<string> alsoTolerated)
    {
        var tolerations = podSpec?["tolerations"] as JsonArray ?? [];
        foreach (var taint in node["spec"]?["taints"] as JsonArray ?? [])
        {
            if (taint!["effect"]?.ToString() is not ("NoSchedule" or "NoExecute") || alsoTolerated.Contains(taint["key"]?.ToString() ?? "")) continue;
            if (!tolerations.Any(t => Tolerates(t!, taint))) return false;
        }
        return true;
    }

    // toleration.ToleratesTaint
    private static bool Tolerates(JsonNode toleration, JsonNode taint)
    {
        var (key, effect) = (toleration["key"]?.ToString() ?? "", toleration["effect"]?.ToString() ?? "");
        if (effect.Length > 0 && effect != taint["effect"]?.ToString()) return false;
        var exists = toleration["operator"]?.ToString() == "Exists";
        if (key.Length == 0) return exists;
        return key == taint["key"]?.ToString() && (exists || (toleration["value"]?.ToString() ?? "") == (taint["value"]?.ToString() ?? ""));
    }

    private static string? Ready(JsonNode node) =>
        (node["status"]?["conditions"] as JsonArray)?.FirstOrDefault(c => c!["type"]?.ToString() == "Ready")?["status"]?.ToString();
}
