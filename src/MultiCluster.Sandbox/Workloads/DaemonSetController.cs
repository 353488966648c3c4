using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Nodes;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>
/// Keeps a DaemonSet's pod on every node that takes it, cordoned or not; a new template reaches so many nodes at once as may be without a pod that is
/// available (pkg/controller/daemon).
/// </summary>
internal sealed class DaemonSetController(ControllerContext context) : WorkloadController(context, "daemonsets.apps")
{
    private const string RevisionLabel = "controller-revision-hash";

    // What a DaemonSet's pods tolerate whatever their template says.
    private static readonly string[] Tolerated =
    [
        "node.kubernetes.io/unschedulable", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable", "node.kubernetes.io/disk-pressure",
        "node.kubernetes.io/memory-pressure", "node.kubernetes.io/pid-pressure",
    ];

    private readonly RevisionHistory _history = new(context, RevisionLabel);

    public override void OnWrite(StoredWrite written)
    {
        if ((written.Current ?? written.Previous!).Kind.QualifiedPlural == "nodes") Enqueue("nodes", LookAtAll);
        else base.OnWrite(written);
    }

    protected override void Reconcile(StoredObject set, JsonObject json)
    {
        var template = json["spec"]!["template"]!["spec"];
        var nodes = Store.List("nodes").Where(n => Selected(template, n) && NodeFitness.Tolerates(template, n.ToJson(), Tolerated)).Select(n => n.Name).ToHashSet();
        var update = IsDeleted(json) ? null : _history.Sync(set, json);
        if (update is not null)
        {
            Fill(set, json, nodes, update);
            Roll(set, json, nodes, update);
            _history.CleanUp(set, json, [update.Hash, .. PodsOf(set).Select(p => HashOf(p.Json))]);
        }
        var pods = PodsOf(set).ToList();
        var placed = pods.Where(p => nodes.Contains(NodeOf(p.Json)) && !PodHealth.IsFinished(p.Json)).ToList();
        WriteStatus(set, status =>
        {
            var ready = placed.Count(p => PodHealth.IsReady(p.Json) && !PodHealth.IsTerminating(p.Json));
            status["currentNumberScheduled"] = placed.Count;
            status["numberMisscheduled"] = pods.Count(p => !nodes.Contains(NodeOf(p.Json)) && !PodHealth.IsFinished(p.Json));
            status["desiredNumberScheduled"] = nodes.Count;
            status["numberReady"] = ready;
            status["observedGeneration"] = json["metadata"]!["generation"]?.DeepClone() ?? 0;
            Count(status, "updatedNumberScheduled", placed.Count(p => Has(p.Json, update)));
            Count(status, "numberAvailable", ready);
            Count(status, "numberUnavailable", nodes.Count - ready);
        });
    }

    private void Fill(StoredObject set, JsonObject json, HashSet<string> nodes, Revision update)
    {
        var missing = nodes.ToHashSet();
        foreach (var (item, pod) in PodsOf(set))
        {
            var gone = Store.Find("nodes", null, NodeOf(pod)) is null;
            if ((gone || PodHealth.IsFinished(pod)) && !PodHealth.IsTerminating(pod)) Delete(item, gone ? 0 : null);
            // One that is going is waited for: there are never two on a node.
            else missing.Remove(NodeOf(pod));
        }
        var generation = json["metadata"]!["annotations"]?["deprecated.daemonset.template.generation"]?.ToString() ?? "1";
        foreach (var node in missing.Order(StringComparer.Ordinal))
            Context.Pods.Create(set, json, Context.Pods.NameOf(set.Name), [(RevisionLabel, update.Hash), ("pod-template-generation", generation)], node);
    }

    /// <summary>Takes away pods of old templates: those that serve nobody, and others as far as nodes may be without one.</summary>
    private void Roll(StoredObject set, JsonObject json, HashSet<string> nodes, Revision update)
    {
        if (json["spec"]!["updateStrategy"]?["type"]?.ToString() == "OnDelete") return;
        var most = Math.Max(1, RolloutLimits.Share(json["spec"]!["updateStrategy"]?["rollingUpdate"]?["maxUnavailable"], "1", nodes.Count, up: true));
        var pods = PodsOf(set).Where(p => nodes.Contains(NodeOf(p.Json)) && PodHealth.IsActive(p.Json)).ToList();
        var room = most - (nodes.Count - pods.Count(p => PodHealth.IsReady(p.Json)));
        foreach (var (item, pod) in pods.Where(p => !Has(p.Json, update)).OrderBy(p => PodHealth.IsReady(p.Json)).ThenBy(p => NodeOf(p.Json), StringComparer.Ordinal))
        {
            if (PodHealth.IsReady(pod) && room-- <= 0) return;
            Delete(item, null);
        }
    }

    private void Delete(StoredObject pod, int? grace) => Context.Deletion.Run(pod.Kind, pod.Namespace, pod.Name, new DeleteOptions { Uid = pod.Uid, GracePeriodSeconds = grace });

    private static string HashOf(JsonNode pod) => pod["metadata"]!["labels"]?[RevisionLabel]?.ToString() ?? "";

    // A pod that no controller has made bears no revision, and is left alone.
    private static bool Has(JsonNode pod, Revision? revision) => revision is null || HashOf(pod) is var hash && (hash.Length == 0 || hash == revision.Hash);

    private static bool Selected(JsonNode? template, StoredObject node) =>
        template?["nodeSelector"] is not JsonObject selector || selector.All(s => node.Labels.TryGetValue(s.Key, out var value) && value == s.Value?.ToString());

    private static string NodeOf(JsonNode pod) => pod["spec"]?["nodeName"]?.ToString() ?? "";
}
