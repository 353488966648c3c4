using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>Keeps a StatefulSet's pods, each under its own name and, unless the set says otherwise, one after the other (pkg/controller/statefulset).</summary>
internal sealed class StatefulSetController(ControllerContext context) : WorkloadController(context, "statefulsets.apps")
{
    protected override void Reconcile(StoredObject set, JsonObject json)
    {
        var replicas = json["spec"]!["replicas"].AsInt() ?? 1;
        if (!IsDeleted(json))
        {
            Fill(set, json, replicas);
            ScaleDown(set, replicas);
        }
        var pods = PodsOf(set).Where(p => Ordinal(set, p.Item) >= 0).ToList();
        WriteStatus(set, status =>
        {
            var ready = pods.Count(p => PodHealth.IsReady(p.Json) && !PodHealth.IsTerminating(p.Json));
            status["observedGeneration"] = json["metadata"]!["generation"]?.DeepClone() ?? 0;
            status["replicas"] = pods.Count;
            Count(status, "readyReplicas", ready);
            Count(status, "currentReplicas", pods.Count(p => PodHealth.IsActive(p.Json)));
            Count(status, "updatedReplicas", pods.Count(p => PodHealth.IsActive(p.Json)));
            status["availableReplicas"] = ready;
        });
    }

    private void Fill(StoredObject set, JsonObject json, int replicas)
    {
        var there = PodsOf(set).ToDictionary(p => Ordinal(set, p.Item), p => p);
        var ordered = json["spec"]!["podManagementPolicy"]?.ToString() != "Parallel";
        for (var i = 0; i < replicas; i++)
        {
            if (!there.TryGetValue(i, out var pod))
            {
                Context.Pods.Create(set, json, $"{set.Name}-{i}", LabelsOf(set, json, i));
                if (ordered) return;
            }
            else if (PodHealth.IsFinished(pod.Json) && !PodHealth.IsTerminating(pod.Json))
            {
                Context.Deletion.Run(pod.Item.Kind, pod.Item.Namespace, pod.Item.Name, new DeleteOptions { Uid = pod.Item.Uid });
                return;
            }
            else if (ordered && (!PodHealth.IsReady(pod.Json) || PodHealth.IsTerminating(pod.Json)))
            {
                return;
            }
        }
    }

    private void ScaleDown(StoredObject set, int replicas)
    {
        var last = PodsOf(set).Where(p => Ordinal(set, p.Item) >= replicas).OrderByDescending(p => Ordinal(set, p.Item)).FirstOrDefault();
        if (last.Item is not null && !PodHealth.IsTerminating(last.Json))
            Context.Deletion.Run(last.Item.Kind, last.Item.Namespace, last.Item.Name, new DeleteOptions { Uid = last.Item.Uid });
    }

    private static List<(string Key, string Value)> LabelsOf(StoredObject set, JsonObject json, int ordinal)
    {
        List<(string, string)> labels = [("apps.kubernetes.io/pod-index", $"{ordinal}"), ("statefulset.kubernetes.io/pod-name", $"{set.Name}-{ordinal}")];
        if (json["status"]?["updateRevision"]?.ToString() is { } revision) labels.Add(("controller-revision-hash", revision));
        return labels;
    }

    private static int Ordinal(StoredObject set, StoredObject pod) =>
        pod.Name.StartsWith($"{set.Name}-", StringComparison.Ordinal) && int.TryParse(pod.Name[(set.Name.Length + 1)..], out var ordinal) ? ordinal : -1;
}
