using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>What a kubelet says of its pods: that they run, or that an image cannot be had.</summary>
internal sealed class PodStatuses(ClusterStore store, ClusterContainers containers)
{
    private static readonly (string Spec, string Status)[] Lists =
        [("initContainers", "initContainerStatuses"), ("containers", "containerStatuses"), ("ephemeralContainers", "ephemeralContainerStatuses")];

    private int _addresses;

    /// <summary>Gives every container that has none a status, and the pod what follows from them.</summary>
    /// <returns>The containers that run from now on.</returns>
    public IReadOnlyList<string> Complete(JsonObject pod)
    {
        var now = Timestamp.Of(store.Time.GetUtcNow());
        var started = new List<string>();
        if (pod["status"] is not JsonObject status) pod["status"] = status = [];
        foreach (var (spec, list) in Lists)
        {
            if (pod["spec"]![spec] is not JsonArray { Count: > 0 } wanted) continue;
            if (status[list] is not JsonArray statuses) status[list] = statuses = [];
            var told = statuses.Select(one => $"{one!["name"]}").ToHashSet();
            foreach (var container in wanted.Where(container => told.Add($"{container!["name"]}")))
            {
                var runs = !containers.IsUnpullable($"{container!["image"]}");
                statuses.Add(ContainerStatuses.New(container, spec, runs, now));
                if (runs && spec != "initContainers") started.Add($"{container["name"]}");
            }
        }
        if (status["podIP"] is null)
        {
            var address = Interlocked.Increment(ref _addresses);
            status["hostIP"] = "127.0.0.1";
            status["podIP"] = $"10.244.{address / 250}.{(address % 250) + 1}";
            status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = $"{status["podIP"]}" });
            status["startTime"] = now;
        }
        Conclude(pod, now);
        return started;
    }

    /// <summary>Phase and conditions, as they follow from the containers.</summary>
    public static void Conclude(JsonObject pod, string now)
    {
        var status = pod["status"]!.AsObject();
        var statuses = status["containerStatuses"]?.AsArray() ?? [];
        var ended = statuses.Count > 0 && statuses.All(one => one!["state"]?["terminated"] is not null) && $"{pod["spec"]!["restartPolicy"]}" is "Never" or "OnFailure";
        status["phase"] = statuses.All(one => one!["state"]?["waiting"] is not null) ? "Pending"
            : !ended ? "Running"
            : statuses.All(one => one!["state"]!["terminated"]!["exitCode"]!.GetValue<int>() == 0) ? "Succeeded" : "Failed";
        var isReady = statuses.All(one => one!["state"]?["running"] is not null);
        foreach (var (type, holds) in ((string, bool)[])[("Initialized", true), ("Ready", isReady), ("ContainersReady", isReady), ("PodScheduled", true)]) Set(status, type, holds, now);
    }

    private static void Set(JsonObject status, string type, bool holds, string now)
    {
        if (status["conditions"] is not JsonArray conditions) status["conditions"] = conditions = [];
        var known = conditions.FirstOrDefault(condition => $"{condition!["type"]}" == type);
        if ($"{known?["status"]}" == $"{holds}") return;
        if (known is not null) conditions.Remove(known);
        conditions.Add(new JsonObject { ["type"] = type, ["status"] = $"{holds}", ["lastProbeTime"] = null, ["lastTransitionTime"] = now });
    }
}
