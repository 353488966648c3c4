using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Nodes;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>Keeps a DaemonSet's pod on every node that takes it, cordoned or not (pkg/controller/daemon).</summary>
internal sealed class DaemonSetController(ControllerContext context) : WorkloadController(context, "daemonsets.apps")
{
    // What a DaemonSet's pods tolerate whatever their template says.
    private static readonly string[] Tolerated =
    [
        "node.kubernetes.io/unschedulable", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable", "node.kubernetes.io/disk-pressure",
        "node.kubernetes.io/memory-pressure", "node.kubernetes.io/pid-pressure",
    ];

    public override void OnWrite(StoredWrite written)
    {
        if ((written.Current ?? written.Previous!).Kind.QualifiedPlural == "nodes") Enqueue("nodes", LookAtAll);
        else base.OnWrite(written);
    }

    protected override void Reconcile(StoredObject set, JsonObject json)
    {
        var template = json["spec"]!["template"]!["spec"];
        var nodes = Store.List("nodes").Where(n => Selected(template, n) && NodeFitness.Tolerates(template, n.ToJson(), Tolerated)).Select(n => n.Name).ToHashSet();
        if (!IsDeleted(json)) Fill(set, json, nodes);
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
            Count(status, "updatedNumberScheduled", placed.Count);
            Count(status, "numberAvailable", ready);
            Count(status, "numberUnavailable", nodes.Count - ready);
        });
    }

    private void Fill(StoredObject set, JsonObject json, HashSet<string> nodes)
    {
        var missing = nodes.ToHashSet();
        foreach (var (item, pod) in PodsOf(set))
        {
            var gone = Store.Find("nodes", null, NodeOf(pod)) is null;
            if ((gone || PodHealth.IsFinished(pod)) && !PodHealth.IsTerminating(pod))
                Context.Deletion.Run(item.Kind, item.Namespace, item.Name, new DeleteOptions { Uid = item.Uid, GracePeriodSeconds = gone ? 0 : null });
            // One that is going is waited for: there are never two on a node.
            else missing.Remove(NodeOf(pod));
        }
        var hash = json["metadata"]!["annotations"]?["deprecated.daemonset.template.generation"]?.ToString() ?? "1";
        foreach (var node in missing.Order(StringComparer.Ordinal))
            Context.Pods.Create(set, json, Context.Pods.NameOf(set.Name), [("pod-template-generation", hash)], node);
    }

    private static bool Selected(JsonNode? template, StoredObject node) =>
        template?["nodeSelector"] is not JsonObject selector || selector.All(s => node.Labels.TryGetValue(s.Key, out var value) && value == s.Value?.ToString());

    private static string NodeOf(JsonNode pod) => pod["spec"]?["nodeName"]?.ToString() ?? "";
}
