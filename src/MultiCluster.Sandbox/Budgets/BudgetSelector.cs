using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Budgets;

/// <summary>Which pods a PodDisruptionBudget covers.</summary>
internal static class BudgetSelector
{
    private const string Budgets = "poddisruptionbudgets.policy";

    // What a server stores for the empty selector of policy/v1beta1 where policy/v1 is served too: no pod has the label.
    private const string MatchesNothing = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";

    /// <summary>The budgets of a pod's namespace that cover it.</summary>
    public static List<StoredObject> Covering(ClusterStore store, StoredObject pod) =>
        [.. store.List(Budgets, pod.Namespace).Where(budget => Covers(store, budget.ToJson(), pod))];

    /// <summary>The pods that a budget covers.</summary>
    public static List<StoredObject> PodsOf(ClusterStore store, StoredObject budget)
    {
        var json = budget.ToJson();
        return [.. store.List("pods", budget.Namespace).Where(pod => Covers(store, json, pod))];
    }

    /// <summary>Makes an empty selector that is given in policy/v1beta1 mean the same in policy/v1.</summary>
    public static void Convert(ResourceKind kind, string version, JsonObject json)
    {
        if (kind.QualifiedPlural != Budgets || version == kind.Version || !ObjectSelector.IsEmpty(json["spec"]?["selector"])) return;
        json["spec"]!["selector"] = new JsonObject
        {
            ["matchExpressions"] = new JsonArray(new JsonObject { ["key"] = MatchesNothing, ["operator"] = "Exists" }),
        };
    }

    private static bool Covers(ClusterStore store, JsonObject budget, StoredObject pod)
    {
        var selector = budget["spec"]?["selector"];
        if (ObjectSelector.IsEmpty(selector) && !store.Kinds.Policy.EmptyMeansAll) return false;
        return ObjectSelector.Matches(selector, pod.Labels);
    }
}
