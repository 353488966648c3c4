using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>
/// Keeps a StatefulSet's pods, each under its own name and, unless the set says otherwise, one after the other; a new template reaches them from the
/// highest ordinal down to the partition (pkg/controller/statefulset).
/// </summary>
internal sealed class StatefulSetController(ControllerContext context) : WorkloadController(context, "statefulsets.apps")
{
    private const string RevisionLabel = "controller-revision-hash";

    private readonly RevisionHistory _history = new(context, "controller.kubernetes.io/hash");

    protected override void Reconcile(StoredObject set, JsonObject json)
    {
        var replicas = json["spec"]!["replicas"].AsInt() ?? 1;
        var update = IsDeleted(json) ? null : _history.Sync(set, json);
        var current = json["status"]?["currentRevision"]?.ToString() is { Length: > 0 } named ? _history.Of(set).FirstOrDefault(r => r.Name == named) ?? update : update;
        if (update is not null && current is not null)
        {
            if (Fill(set, json, replicas, current, update) && ScaleDown(set, replicas)) Roll(set, json, replicas, update);
            _history.CleanUp(set, json, [update.Name, current.Name, .. PodsOf(set).Select(p => RevisionOf(p.Json))]);
        }
        var pods = PodsOf(set).Where(p => Ordinal(set, p.Item) >= 0).ToList();
        WriteStatus(set, status =>
        {
            var ready = pods.Count(p => PodHealth.IsReady(p.Json) && !PodHealth.IsTerminating(p.Json));
            var updated = pods.Count(p => PodHealth.IsActive(p.Json) && Has(p.Json, update));
            status["observedGeneration"] = json["metadata"]!["generation"]?.DeepClone() ?? 0;
            status["replicas"] = pods.Count;
            Count(status, "readyReplicas", ready);
            Count(status, "updatedReplicas", updated);
            status["availableReplicas"] = ready;
            if (update is null || current is null) return;
            // What has come through is the current one from now on.
            var done = IsRolling(json) && updated == replicas && ready == replicas && pods.Count == replicas;
            status["updateRevision"] = update.Name;
            status["currentRevision"] = (done ? update : current).Name;
            Count(status, "currentReplicas", done ? updated : pods.Count(p => PodHealth.IsActive(p.Json) && Has(p.Json, current)));
        });
    }

    /// <summary>Makes the pods that are missing; true when all are there and, one after the other, ready.</summary>
    private bool Fill(StoredObject set, JsonObject json, int replicas, Revision current, Revision update)
    {
        var there = PodsOf(set).ToDictionary(p => Ordinal(set, p.Item), p => p);
        var ordered = json["spec"]!["podManagementPolicy"]?.ToString() != "Parallel";
        var complete = true;
        for (var i = 0; i < replicas; i++)
        {
            if (!there.TryGetValue(i, out var pod))
            {
                var revision = IsRolling(json) && i < Partition(json) ? current : update;
                Context.Pods.Create(set, revision.Apply(json), $"{set.Name}-{i}", LabelsOf(set, revision, i));
                complete = false;
                if (ordered) return false;
            }
            else if (PodHealth.IsFinished(pod.Json) && !PodHealth.IsTerminating(pod.Json))
            {
                Delete(pod.Item);
                return false;
            }
            else if (ordered && (!PodHealth.IsReady(pod.Json) || PodHealth.IsTerminating(pod.Json)))
            {
                return false;
            }
        }
        return complete;
    }

    /// <summary>Takes away the last pod that is too many; true when there is none.</summary>
    private bool ScaleDown(StoredObject set, int replicas)
    {
        var last = PodsOf(set).Where(p => Ordinal(set, p.Item) >= replicas).OrderByDescending(p => Ordinal(set, p.Item)).FirstOrDefault();
        if (last.Item is null) return true;
        if (!PodHealth.IsTerminating(last.Json)) Delete(last.Item);
        return false;
    }

    private void Roll(StoredObject set, JsonObject json, int replicas, Revision update)
    {
        if (!IsRolling(json)) return;
        var there = PodsOf(set).ToDictionary(p => Ordinal(set, p.Item), p => p);
        for (var i = replicas - 1; i >= Partition(json); i--)
        {
            if (!there.TryGetValue(i, out var pod) || PodHealth.IsTerminating(pod.Json)) return;
            if (!Has(pod.Json, update))
            {
                Delete(pod.Item);
                return;
            }
            if (!PodHealth.IsReady(pod.Json)) return;
        }
    }

    private void Delete(StoredObject pod) => Context.Deletion.Run(pod.Kind, pod.Namespace, pod.Name, new DeleteOptions { Uid = pod.Uid });

    private static bool IsRolling(JsonObject json) => json["spec"]!["updateStrategy"]?["type"]?.ToString() != "OnDelete";

    private static int Partition(JsonObject json) => json["spec"]!["updateStrategy"]?["rollingUpdate"]?["partition"].AsInt() ?? 0;

    private static string RevisionOf(JsonNode pod) => pod["metadata"]!["labels"]?[RevisionLabel]?.ToString() ?? "";

    // A pod that no controller has made bears no revision, and is left alone.
    private static bool Has(JsonNode pod, Revision? revision) => revision is null || RevisionOf(pod) is var name && (name.Length == 0 || name == revision.Name);

    private static List<(string Key, string Value)> LabelsOf(StoredObject set, Revision revision, int ordinal) =>
        [("apps.kubernetes.io/pod-index", $"{ordinal}"), ("controller-revision-hash", revision.Name), ("statefulset.kubernetes.io/pod-name", $"{set.Name}-{ordinal}")];

    private static int Ordinal(StoredObject set, StoredObject pod) =>
        pod.Name.StartsWith($"{set.Name}-", StringComparison.Ordinal) && int.TryParse(pod.Name[(set.Name.Length + 1)..], out var ordinal) ? ordinal : -1;
}
