using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>What becomes of ephemeral containers: they run, or their image or their program cannot be had.</summary>
internal static class EphemeralStatuses
{
    /// <summary>Gives those a status that have none, and returns those that run from now on.</summary>
    public static IReadOnlyList<string> Complete(JsonObject json, StoredObject pod, ClusterContainers containers, string now)
    {
        var started = new List<string>();
        var status = json["status"]!.AsObject();
        if (status["ephemeralContainerStatuses"] is not JsonArray statuses) status["ephemeralContainerStatuses"] = statuses = [];
        var told = statuses.Select(one => $"{one!["name"]}").ToHashSet();
        foreach (var container in (json["spec"]!["ephemeralContainers"] as JsonArray ?? []).Where(container => told.Add($"{container!["name"]}")))
        {
            var name = $"{container!["name"]}";
            var one = ContainerStatuses.New(container, "ephemeralContainers", !containers.IsUnpullable($"{container["image"]}"), now);
            statuses.Add(one);
            if (one["state"]!["running"] is null) continue;
            if (PodContainers.MainOf(container) is { } main && !containers.Of(pod, json, name).Has(main.Command[0])) one["state"] = ContainerStatuses.NotStarted(main.Command[0], now);
            else started.Add(name);
        }
        return started;
    }
}
