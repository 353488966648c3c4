using MultiCluster.Inventory;
using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Budgets that let no pod go even with all of their pods healthy: nodes of such pods cannot be drained.</summary>
internal sealed class BudgetRule() : AttentionRule("Budget", "a PodDisruptionBudget can never be met")
{
    public override IReadOnlyList<InventoryKind> Kinds => [new("poddisruptionbudgets.policy")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubePodDisruptionBudget { IsDeleted: false } found || new PodBudget(found) is not { CannotBeMet: true, ExpectedPods: > 0 } budget)
            return;
        // Its first sentence says why; the rest is for who drains.
        var reason = budget.Reason ?? "";
        var end = reason.IndexOf(". ", StringComparison.Ordinal);
        scan.Add(
            this, FindingSeverity.Warning, item, item.StatusJson["conditions"u8].OfType("DisruptionAllowed"u8)["lastTransitionTime"u8].AsTime(),
            Sentence.Of(end < 0 ? reason : reason[..end]));
    }
}
