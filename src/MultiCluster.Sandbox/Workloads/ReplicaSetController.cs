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
        WriteStatus(set, status =>
        {
            status["replicas"] = now.Count;
            Count(status, "fullyLabeledReplicas", now.Count);
            var ready = now.Count(p => PodHealth.IsReady(p.Json));
            Count(status, "readyReplicas", ready);
            Count(status, "availableReplicas", ready);
            status["observedGeneration"] = json["metadata"]!["generation"]?.DeepClone() ?? 0;
        });
    }
}
