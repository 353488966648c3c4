using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Controllers;

/// <summary>Keeps the status of PodDisruptionBudgets (pkg/controller/disruption).</summary>
internal sealed class DisruptionController(ControllerContext context) : Controller(context)
{
    private const string Budgets = "poddisruptionbudgets.policy";

    // How long a pod that was granted an eviction is taken to be as good as gone.
    private static readonly TimeSpan DeletionTimeout = TimeSpan.FromMinutes(2);

    public override void OnWrite(StoredWrite written)
    {
        var item = written.Current ?? written.Previous!;
        if (item.Kind.QualifiedPlural == Budgets) Look(item);
        else if (item.Kind.QualifiedPlural == "pods") Enqueue($"pod {item.Key}", () => LookAtBudgetsOf(written));
        else if (written.Current is { } scaled && item.Kind.Subresources.Contains("scale"))
            Enqueue($"scale {item.Kind.QualifiedPlural} {item.Key}", () => LookAtBudgetsOf(scaled));
    }

    public override void LookAtAll()
    {
        foreach (var budget in Store.List(Budgets)) Look(budget);
    }

    private void Look(StoredObject budget) => Enqueue(budget.Key, () => Reconcile(budget.Namespace, budget.Name));

    private void LookAtBudgetsOf(StoredWrite written)
    {
        var covering = new[] { written.Current, written.Previous }.Where(pod => pod is not null).SelectMany(pod => BudgetSelector.Covering(Store, pod!));
        foreach (var budget in covering.DistinctBy(b => b.Key)) Look(budget);
    }

    // What a budget expects follows the scale of its pods' controllers.
    private void LookAtBudgetsOf(StoredObject workload)
    {
        if (Context.Owners.PodsOf(workload) is not [var pod, ..]) return;
        foreach (var budget in BudgetSelector.Covering(Store, pod)) Look(budget);
    }

    private void Reconcile(string ns, string name)
    {
        if (Store.Find(Budgets, ns, name) is not { } budget) return;
        var json = budget.ToJson();
        var pods = BudgetSelector.PodsOf(Store, budget).Select(p => p.ToJson()).ToList();
        var (expected, desired, failure) = Count(json, ns, pods);
        if (failure is not null)
        {
            WriteStatus(budget, status =>
            {
                status["disruptionsAllowed"] = 0;
                BudgetStatus.SetCondition(status, Now, Store.Kinds.Policy.EmptyMeansAll, failure);
            });
            return;
        }
        var granted = new BudgetStatus(json).DisruptedPods;
        var disrupted = Disrupted(pods, granted, name, ns);
        var healthy = pods.Count(p => !PodHealth.IsTerminating(p) && !disrupted.ContainsKey(NameOf(p)) && PodHealth.IsReady(p));
        WriteStatus(budget, status =>
        {
            status["observedGeneration"] = json["metadata"]!["generation"]?.DeepClone() ?? 0;
            status["disruptionsAllowed"] = expected <= 0 ? 0 : Math.Max(0, healthy - desired);
            status["currentHealthy"] = healthy;
            status["desiredHealthy"] = desired;
            status["expectedPods"] = expected;
            if (disrupted.Count == 0) status.Remove("disruptedPods");
            else status["disruptedPods"] = disrupted.DeepClone();
            BudgetStatus.SetCondition(status, Now, Store.Kinds.Policy.EmptyMeansAll);
        });
    }

    // buildDisruptedPodMap
    private JsonObject Disrupted(List<JsonObject> pods, JsonObject granted, string budget, string ns)
    {
        var kept = new JsonObject();
        foreach (var pod in pods.Where(p => !PodHealth.IsTerminating(p)))
        {
            if (granted[NameOf(pod)] is not { } since) continue;
            var left = DateTimeOffset.Parse(since.ToString(), CultureInfo.InvariantCulture) + DeletionTimeout - Now;
            if (left <= TimeSpan.Zero) continue;
            kept[NameOf(pod)] = since.DeepClone();
            EnqueueAfter($"recheck {ns}/{budget}", left, () => Reconcile(ns, budget));
        }
        return kept;
    }

    // getExpectedPodCount
    private (int Expected, int Desired, string? Failure) Count(JsonObject budget, string ns, List<JsonObject> pods)
    {
        var spec = budget["spec"];
        if (spec?["maxUnavailable"] is { } most)
        {
            var (scale, failure) = Scale(ns, pods);
            return (scale, Math.Max(0, scale - Share(most, scale)), failure);
        }
        if (spec?["minAvailable"] is not { } least) return (0, 0, null);
        if (least.AsInt() is { } count) return (pods.Count, count, null);
        var (all, why) = Scale(ns, pods);
        return (all, Share(least, all), why);
    }

    /// <summary>What the pods' controllers want in all; pods without one do not count.</summary>
    private (int Scale, string? Failure) Scale(string ns, List<JsonObject> pods)
    {
        var scales = new Dictionary<string, int>();
        foreach (var pod in pods)
        {
            if ((pod["metadata"]!["ownerReferences"] as JsonArray)?.FirstOrDefault(o => o!["controller"].AsBool() == true) is not { } owner) continue;
            if (ScaleOf(ns, owner) is not { } found) return (0, $"found no controllers for pod \"{NameOf(pod)}\"");
            scales[found.Uid] = found.Replicas;
        }
        return (scales.Values.Sum(), null);
    }

    private (string Uid, int Replicas)? ScaleOf(string ns, JsonNode reference)
    {
        var kind = Store.Kinds.FindByObject(reference["apiVersion"]?.ToString() ?? "", reference["kind"]?.ToString() ?? "");
        if (kind?.Subresources.Contains("scale") != true || Store.Find(kind, ns, reference["name"]?.ToString() ?? "") is not { } owner) return null;
        var json = owner.ToJson();
        // A Deployment's scale counts, not that of its ReplicaSet, which a rollout moves.
        if (kind.QualifiedPlural == "replicasets.apps" && json["metadata"]!["ownerReferences"] is JsonArray { Count: > 0 } owners && ScaleOf(ns, owners[0]!) is { } deployment)
            return deployment;
        return owner.Uid == reference["uid"]?.ToString() ? (owner.Uid, json["spec"]?["replicas"].AsInt() ?? 1) : null;
    }

    // intstr.GetScaledValueFromIntOrPercent, rounding up.
    private static int Share(JsonNode value, int of)
    {
        if (value.AsInt() is { } number) return number;
        return int.TryParse(value.ToString().TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? ((percent * of) + 99) / 100 : 0;
    }

    private static string NameOf(JsonNode pod) => pod["metadata"]!["name"]!.ToString();
}
