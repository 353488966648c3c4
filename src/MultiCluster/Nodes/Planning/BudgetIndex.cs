using MultiCluster.Objects;

namespace MultiCluster.Nodes.Planning;

/// <summary>A cluster's budgets, found by the pods that they select.</summary>
internal sealed class BudgetIndex(IEnumerable<KubePodDisruptionBudget> budgets)
{
    private readonly ILookup<string, PodBudget> _byNamespace = budgets.Select(static budget => new PodBudget(budget)).ToLookup(static budget => budget.Namespace, StringComparer.Ordinal);

    /// <summary>No budgets.</summary>
    public static BudgetIndex Empty => new([]);

    /// <summary>The budgets that select a pod.</summary>
    public IReadOnlyList<PodBudget> Of(KubePod pod)
    {
        List<PodBudget>? found = null;
        foreach (var budget in _byNamespace[pod.Namespace ?? ""])
        {
            if (budget.Selects(pod))
                (found ??= []).Add(budget);
        }

        return found ?? (IReadOnlyList<PodBudget>)[];
    }
}
