using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Nodes;

/// <summary>Gives pods a node: the nodes that take them in turn. A pod for which there is none waits until the nodes change.</summary>
internal sealed class Scheduler(ControllerContext context) : Controller(context)
{
    private readonly HashSet<string> _waiting = []; // Read and written by the one who works.
    private int _turn;

    public override void OnWrite(StoredWrite written)
    {
        var item = written.Current ?? written.Previous!;
        if (item.Kind.QualifiedPlural == "nodes") Enqueue("nodes", LookAgain);
        else if (item.Kind.QualifiedPlural == "pods" && written.Current is not null && written.Previous is null) Look(item);
    }

    public override void LookAtAll()
    {
        foreach (var pod in Store.List("pods")) Look(pod);
    }

    private void Look(StoredObject pod) => Enqueue($"pod {pod.Key}", () => Schedule(pod.Namespace, pod.Name));

    private void LookAgain()
    {
        foreach (var key in _waiting.ToList())
        {
            var slash = key.IndexOf('/', StringComparison.Ordinal);
            Enqueue($"pod {key}", () => Schedule(key[..slash], key[(slash + 1)..]));
        }
        _waiting.Clear();
    }

    private void Schedule(string ns, string name)
    {
        if (Store.Find("pods", ns, name) is not { } pod) return;
        var json = pod.ToJson();
        if (json["spec"]!["nodeName"]?.ToString() is { Length: > 0 } || !PodHealth.IsActive(json) || WantsMoreThanThereIs(json)) return;
        var nodes = Store.List("nodes").Select(n => (n.Name, Json: n.ToJson())).ToList();
        var fit = nodes.Where(n => NodeFitness.IsSchedulable(n.Json) && NodeFitness.IsReady(n.Json) && NodeFitness.Tolerates(json["spec"], n.Json)).ToList();
        if (fit.Count == 0)
        {
            _waiting.Add(pod.Key);
            SetScheduled(json, "False", $"0/{nodes.Count} nodes are available: {Reasons(nodes.Select(n => n.Json), json)}.");
        }
        else
        {
            json["spec"]!["nodeName"] = fit[_turn++ % fit.Count].Name;
            SetScheduled(json, "True", "");
        }
        if (!JsonNode.DeepEquals(pod.ToJson(), json)) Store.TryReplace(pod.Kind, json, pod.ResourceVersion);
    }

    // A pod that was generated as too big for every node stays so.
    private static bool WantsMoreThanThereIs(JsonObject pod) =>
        Condition(pod, "PodScheduled")?["message"]?.ToString().Contains("Insufficient", StringComparison.Ordinal) == true;

    private static string Reasons(IEnumerable<JsonObject> nodes, JsonObject pod)
    {
        var all = nodes.ToList();
        var cordoned = all.Count(n => !NodeFitness.IsSchedulable(n));
        var tainted = all.Count(n => NodeFitness.IsSchedulable(n) && !NodeFitness.Tolerates(pod["spec"], n));
        List<string> reasons = [];
        if (tainted > 0) reasons.Add($"{tainted} node(s) had untolerated taint(s)");
        if (cordoned > 0) reasons.Add($"{cordoned} node(s) were unschedulable");
        if (all.Count - cordoned - tainted is > 0 and var rest) reasons.Add($"{rest} node(s) were not ready");
        return reasons.Count == 0 ? "no nodes available to schedule pods" : string.Join(", ", reasons);
    }

    private void SetScheduled(JsonObject pod, string status, string message)
    {
        if (pod["status"] is not JsonObject state) pod["status"] = state = [];
        if (state["conditions"] is not JsonArray conditions) state["conditions"] = conditions = [];
        var before = Condition(pod, "PodScheduled");
        var condition = new JsonObject
        {
            ["type"] = "PodScheduled",
            ["status"] = status,
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = before?["status"]?.ToString() == status ? before["lastTransitionTime"]?.DeepClone() : Timestamp.Of(Now),
        };
        if (message.Length > 0)
        {
            condition["reason"] = "Unschedulable";
            condition["message"] = message;
        }
        if (before is not null) conditions.Remove(before);
        conditions.Add(condition);
    }

    private static JsonNode? Condition(JsonObject pod, string type) =>
        (pod["status"]?["conditions"] as JsonArray)?.FirstOrDefault(c => c!["type"]?.ToString() == type);
}
