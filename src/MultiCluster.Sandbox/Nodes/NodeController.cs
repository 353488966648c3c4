using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Nodes;

/// <summary>Taints cordoned nodes (the node lifecycle controller), and removes the pods of nodes that are gone (the pod garbage collector).</summary>
internal sealed class NodeController(ControllerContext context) : Controller(context)
{
    private const string Unschedulable = "node.kubernetes.io/unschedulable";

    // podgc: nodeQuarantine
    private static readonly TimeSpan Quarantine = TimeSpan.FromSeconds(40);

    public override void OnWrite(StoredWrite written)
    {
        var node = written.Current ?? written.Previous!;
        if (node.Kind.QualifiedPlural != "nodes") return;
        if (written.Current is not null) Enqueue(node.Name, () => Taint(node.Name));
        else EnqueueAfter($"gone {node.Name}", Quarantine, () => RemovePods(node.Name));
    }

    public override void LookAtAll()
    {
        foreach (var node in Store.List("nodes")) Enqueue(node.Name, () => Taint(node.Name));
    }

    private void Taint(string name)
    {
        if (Store.Find("nodes", null, name) is not { } node) return;
        ObjectUpdate.Run(Store, node.Kind, ("", name), "", dryRun: false, writer: null, (_, old) =>
        {
            var json = old.DeepClone().AsObject();
            if (json["spec"] is not JsonObject spec) json["spec"] = spec = [];
            var taints = spec["taints"] as JsonArray ?? [];
            var there = taints.FirstOrDefault(t => t!["key"]?.ToString() == Unschedulable && t["effect"]?.ToString() == "NoSchedule");
            if (NodeFitness.IsSchedulable(json) == there is null) return json;
            if (there is not null) taints.Remove(there);
            else taints.Add(new JsonObject { ["key"] = Unschedulable, ["effect"] = "NoSchedule", ["timeAdded"] = Timestamp.Of(Now) });
            if (taints.Parent is null) spec["taints"] = taints;
            return json;
        });
    }

    private void RemovePods(string node)
    {
        if (Store.Find("nodes", null, node) is not null) return;
        foreach (var pod in Store.List("pods").Where(p => p.ToJson()["spec"]!["nodeName"]?.ToString() == node))
            Context.Deletion.Run(pod.Kind, pod.Namespace, pod.Name, DeleteOptions.Now(pod.Uid));
    }
}
