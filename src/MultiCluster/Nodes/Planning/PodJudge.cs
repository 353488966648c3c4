namespace MultiCluster.Nodes.Planning;

/// <summary>Decides what becomes of a pod: kubectl's filters first, then the budgets of those that may go.</summary>
internal sealed class PodJudge(PodFilterContext context, BudgetIndex budgets)
{
    /// <summary>The pod's part of the plan, and the budgets that it must ask.</summary>
    public JudgedPod Judge(PodFacts pod)
    {
        var (action, reasons) = PodFilters.Judge(pod, context);
        var outcome = action switch
        {
            PodAction.Skip => DrainPodOutcome.Skip,
            PodAction.Block => DrainPodOutcome.Blocked,
            _ => context.Options.DisableEviction ? DrainPodOutcome.Delete : DrainPodOutcome.Evict,
        };
        IReadOnlyList<PodBudget> asked = action == PodAction.Skip || context.Options.DisableEviction || PodBudget.IsFree(pod) ? [] : budgets.Of(pod.Pod);
        if (Objection(pod, asked, out var blocks) is { } objection)
        {
            reasons = [.. reasons, objection];
            outcome = blocks ? DrainPodOutcome.Blocked : outcome;
        }

        return new(Planned(pod, outcome, reasons, asked), asked, asked.Count > 0 && pod.IsReady);
    }

    /// <summary>What the budgets have against the pod's going now, and whether that can end by itself.</summary>
    private static PodReason? Objection(PodFacts pod, IReadOnlyList<PodBudget> asked, out bool blocks)
    {
        blocks = asked.Count > 1;
        if (blocks)
        {
            var names = string.Join(", ", asked.Select(static budget => budget.Name));
            return new($"is selected by {asked.Count} budgets ({names}), and a server evicts no such pod: narrow the selectors, or use -DisableEviction", $"are selected by {asked.Count} budgets ({names}), and a server evicts no such pod (-DisableEviction)");
        }

        if (asked.Count == 0 || asked[0].Allowed > 0 || asked[0].LetsUnhealthy(pod))
            return null;
        blocks = asked[0].CannotBeMet;
        return new($"must wait for its budget: {asked[0].Reason!.TrimEnd('.')}", $"must wait for their budget {asked[0].Name}", asked[0].Reason);
    }

    private static KubeDrainPod Planned(PodFacts pod, DrainPodOutcome outcome, IReadOnlyList<PodReason> reasons, IReadOnlyList<PodBudget> asked) => new()
    {
        ClusterId = pod.Pod.ClusterId,
        ClusterName = pod.Pod.ClusterName,
        Node = pod.Node,
        Namespace = pod.Pod.Namespace ?? "",
        Name = pod.Pod.Name,
        Uid = pod.Pod.Uid,
        Owner = pod.Pod.Owner,
        Outcome = outcome,
        Reasons = [.. reasons.Select(static reason => reason.One)],
        Why = reasons,
        Budgets = asked.Count == 0 ? [] : [.. asked.Select(static budget => budget.Name)],
    };
}
