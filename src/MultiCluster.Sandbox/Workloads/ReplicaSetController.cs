using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>Keeps as many pods as ReplicaSets want (pkg/controller/replicaset).</summary>
internal sealed class ReplicaSetController(ControllerContext context) : WorkloadController(context, "replicasets.apps")
{
    protected override void Reconcile(StoredObject set, JsonObject json)
    {
        var pods = ActivePods(set);
        var missing = (json["spec"]!["replicas"].AsInt() ?? 1) - pods.Count;
        if (!IsDeleted(json))
        {
            for (var i = 0; i < missing; i++) Context.Pods.Create(set, json, Context.Pods.NameOf(set.Name));
            // Those that serve least go first.
            var least = pods.OrderBy(p => PodHealth.IsReady(p.Json)).ThenByDescending(p => p.Json["metadata"]!["creationTimestamp"]?.ToString(), StringComparer.Ordinal);
            foreach (var pod in least.Take(-missing))
                Context.Deletion.Run(pod.Item.Kind, pod.Item.Namespace, pod.Item.Name, new DeleteOptions { Uid = pod.Item.Uid });
        }
        var now = ActivePods(set);
        var ready = now.Where(p => PodHealth.IsReady(p.Json)).ToList();
        var settled = TimeSpan.FromSeconds(json["spec"]!["minReadySeconds"].AsInt() ?? 0);
        var waits = ready.Select(p => settled - (Now - ReadySince(p.Json))).Where(left => settled > TimeSpan.Zero && left > TimeSpan.Zero).ToList();
        WriteStatus(set, status =>
        {
            status["replicas"] = now.Count;
            Count(status, "fullyLabeledReplicas", now.Count);
            Count(status, "readyReplicas", ready.Count);
            Count(status, "availableReplicas", ready.Count - waits.Count);
            status["observedGeneration"] = json["metadata"]!["generation"]?.DeepClone() ?? 0;
        });
        if (waits.Count > 0) EnqueueAfter($"{set.Namespace}/{set.Name}", waits.Min(), () => Look(set.Namespace, set.Name));
    }

    private static DateTimeOffset ReadySince(JsonNode pod)
    {
        var since = (pod["status"]?["conditions"] as JsonArray)?.FirstOrDefault(c => c!["type"]?.ToString() == "Ready")?["lastTransitionTime"]?.ToString();
        return DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, out var at) ? at : default;
    }
}
