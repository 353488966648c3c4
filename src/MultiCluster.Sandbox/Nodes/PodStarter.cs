using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Nodes;

/// <summary>The kubelets, as far as they start pods that were given a node, and end those that were being deleted before.</summary>
internal sealed class PodStarter(ControllerContext context, PodEnder ender, PodTimes times) : Controller(context)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private int _started;

    public override void OnWrite(StoredWrite written)
    {
        if (written.Current is { } pod && pod.Kind.QualifiedPlural == "pods") Look(pod);
    }

    public override void LookAtAll()
    {
        foreach (var pod in Store.List("pods"))
        {
            if (PodHealth.IsTerminating(pod.ToJson())) ender.Terminate(pod);
            else Look(pod);
        }
    }

    private void Look(StoredObject pod) => Enqueue($"pod {pod.Key}", () => Begin(pod.Namespace, pod.Name));

    private void Begin(string ns, string name)
    {
        if (Store.Find("pods", ns, name) is not { } pod || !IsNew(pod.ToJson()) || times.StartOf(pod.ToJson()) is not { } wait) return;
        // Whoever looks again in between does not make it later.
        Context.Queue.AddOnceAfter(this, $"start {pod.Uid}", wait, () => Run(ns, name, pod.Uid));
    }

    private static bool IsNew(JsonObject pod) =>
        pod["spec"]!["nodeName"]?.ToString() is { Length: > 0 } && pod["status"]?["phase"]?.ToString() == "Pending"
        && pod["status"]!["containerStatuses"] is null && pod["status"]!["initContainerStatuses"] is null && !PodHealth.IsTerminating(pod);

    private void Run(string ns, string name, string uid)
    {
        if (Store.Find("pods", ns, name) is not { } pod || pod.Uid != uid) return;
        var json = pod.ToJson();
        if (!IsNew(json)) return;
        if (Store.Find("nodes", null, json["spec"]!["nodeName"]!.ToString())?.ToJson() is not { } node || NodeFitness.IsSilent(node))
        {
            Context.Queue.AddOnceAfter(this, $"start {uid}", Retry, () => Run(ns, name, uid));
            return;
        }
        var now = Timestamp.Of(Now);
        var address = $"10.{96 + (_started / 62_500 % 100)}.{_started / 250 % 250}.{(_started % 250) + 1}";
        _started++;
        var status = json["status"]!.AsObject();
        var scheduled = (status["conditions"] as JsonArray)?.FirstOrDefault(c => c!["type"]?.ToString() == "PodScheduled")?.DeepClone() ?? Condition("PodScheduled", now);
        if ((json["spec"]!["containers"] as JsonArray ?? []).Any(c => PodTimes.IsUnpullable(c!["image"])))
        {
            NotPulled(json, status, scheduled, now);
            Store.TryReplace(pod.Kind, json, pod.ResourceVersion);
            return;
        }
        status["phase"] = "Running";
        status["conditions"] = new JsonArray(
            Condition("PodReadyToStartContainers", now), Condition("Initialized", now), Condition("Ready", now), Condition("ContainersReady", now), scheduled);
        status["hostIP"] = (node["status"]?["addresses"] as JsonArray)?.FirstOrDefault(a => a!["type"]?.ToString() == "InternalIP")?["address"]?.DeepClone() ?? "127.0.0.1";
        status["podIP"] = address;
        status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address });
        status["startTime"] = now;
        status["containerStatuses"] = new JsonArray([.. (json["spec"]!["containers"] as JsonArray ?? []).Select(c => Container(c!, now))]);
        Store.TryReplace(pod.Kind, json, pod.ResourceVersion);
        EndLater(ns, name, uid, json);
    }

    private void EndLater(string ns, string name, string uid, JsonObject pod)
    {
        if (PodTimes.RunOf(pod) is { } run && pod["spec"]!["restartPolicy"]?.ToString() is ("Never" or "OnFailure"))
            Context.Queue.AddOnceAfter(this, $"end {uid}", run, () => End(ns, name, uid));
    }

    /// <summary>Its containers end: for good, or, where a failure is to be tried again, to begin anew.</summary>
    private void End(string ns, string name, string uid)
    {
        if (Store.Find("pods", ns, name) is not { } pod || pod.Uid != uid) return;
        var json = pod.ToJson();
        if (json["status"]?["phase"]?.ToString() != "Running" || PodHealth.IsTerminating(json)) return;
        var (now, exit) = (Timestamp.Of(Now), PodTimes.ExitOf(json));
        var status = json["status"]!.AsObject();
        var again = exit != 0 && json["spec"]!["restartPolicy"]?.ToString() == "OnFailure";
        foreach (var container in (status["containerStatuses"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var ended = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = exit, ["reason"] = exit == 0 ? "Completed" : "Error", ["finishedAt"] = now } };
            if (again)
            {
                container["restartCount"] = (container["restartCount"].AsInt() ?? 0) + 1;
                container["lastState"] = ended;
                continue;
            }
            container["state"] = ended;
            container["ready"] = false;
            container["started"] = false;
        }
        if (!again)
        {
            status["phase"] = exit == 0 ? "Succeeded" : "Failed";
            foreach (var condition in (status["conditions"] as JsonArray ?? []).OfType<JsonObject>().Where(c => c["type"]?.ToString() is "Ready" or "ContainersReady"))
            {
                condition["status"] = "False";
                condition["reason"] = exit == 0 ? "PodCompleted" : "PodFailed";
                condition["lastTransitionTime"] = now;
            }
        }
        Store.TryReplace(pod.Kind, json, pod.ResourceVersion);
        if (again) EndLater(ns, name, uid, json);
    }

    /// <summary>What a kubelet says that cannot get an image.</summary>
    private static void NotPulled(JsonObject pod, JsonObject status, JsonNode scheduled, string now)
    {
        status["conditions"] = new JsonArray(
            Condition("Initialized", now), Condition("Ready", now, "ContainersNotReady"), Condition("ContainersReady", now, "ContainersNotReady"), scheduled);
        status["startTime"] = now;
        status["containerStatuses"] = new JsonArray(
        [
            .. (pod["spec"]!["containers"] as JsonArray ?? []).Select(c => new JsonObject
            {
                ["name"] = c!["name"]?.DeepClone(),
                ["state"] = new JsonObject
                {
                    ["waiting"] = PodTimes.IsUnpullable(c["image"])
                        ? new JsonObject { ["reason"] = "ImagePullBackOff", ["message"] = $"Back-off pulling image \"{c["image"]}\"" }
                        : new JsonObject { ["reason"] = "ContainerCreating" },
                },
                ["lastState"] = new JsonObject(),
                ["ready"] = false,
                ["restartCount"] = 0,
                ["image"] = c["image"]?.DeepClone(),
                ["imageID"] = "",
                ["started"] = false,
            }),
        ]);
    }

    private static JsonObject Condition(string type, string now, string? reason = null)
    {
        var condition = new JsonObject { ["type"] = type, ["status"] = reason is null ? "True" : "False", ["lastProbeTime"] = null, ["lastTransitionTime"] = now };
        if (reason is not null) condition["reason"] = reason;
        return condition;
    }

    private static JsonObject Container(JsonNode container, string now) => new()
    {
        ["name"] = container["name"]?.DeepClone(),
        ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = now } },
        ["lastState"] = new JsonObject(),
        ["ready"] = true,
        ["restartCount"] = 0,
        ["image"] = container["image"]?.DeepClone(),
        ["imageID"] = "",
        ["containerID"] = $"containerd://{Guid.NewGuid():n}{Guid.NewGuid():n}",
        ["started"] = true,
    };
}
