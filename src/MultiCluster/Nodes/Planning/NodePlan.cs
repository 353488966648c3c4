using MultiCluster.Resources;

namespace MultiCluster.Nodes.Planning;

/// <summary>Makes a node's plan from its pods.</summary>
internal static class NodePlan
{
    /// <summary>The plan.</summary>
    public static KubeDrainPlan Of(KubeNode node, IEnumerable<PodFacts> pods, PodJudge judge)
    {
        var planned = new List<KubeDrainPod>();
        var asked = new Dictionary<PodBudget, List<(KubeDrainPod Planned, PodFacts Pod)>>();
        foreach (var pod in pods)
        {
            var (part, budgets) = judge.Judge(pod);
            planned.Add(part);
            foreach (var budget in budgets)
            {
                if (!asked.TryGetValue(budget, out var covered))
                    asked[budget] = covered = [];
                covered.Add((part, pod));
            }
        }

        return new KubeDrainPlan
        {
            Subject = node,
            Pods = planned,
            Budgets = [.. asked.Select(static pair => DisruptionOf(pair.Key, pair.Value.Select(static covered => covered.Pod.Pod)))],
            Waves = planned.Any(static pod => pod.Goes) ? asked.Select(static pair => Waves(pair.Key, pair.Value)).DefaultIfEmpty(1).Max() : 0,
        };
    }

    /// <summary>A budget with those of its pods that are meant.</summary>
    public static KubePodDisruption DisruptionOf(PodBudget budget, IEnumerable<KubePod> pods) => new()
    {
        ClusterId = budget.Budget.ClusterId,
        ClusterName = budget.Budget.ClusterName,
        Namespace = budget.Namespace,
        Name = budget.Name,
        MinAvailable = budget.MinAvailable,
        MaxUnavailable = budget.MaxUnavailable,
        AllowedDisruptions = budget.Allowed,
        CurrentHealthy = budget.CurrentHealthy,
        DesiredHealthy = budget.DesiredHealthy,
        ExpectedPods = budget.ExpectedPods,
        Pods = [.. pods.Select(static pod => $"{pod.Namespace}/{pod.Name}")],
        CanBeMet = !budget.CannotBeMet,
        Reason = BudgetReason.Of(budget),
    };

    /// <summary>How often the budget lets as many go as it can. Pods that are not ready need no turn of their own.</summary>
    private static int Waves(PodBudget budget, List<(KubeDrainPod Planned, PodFacts Pod)> covered)
    {
        var going = covered.Count(static one => one.Planned.Goes && one.Pod.IsReady);
        var room = Math.Max(1, budget.Room ?? going);
        return Math.Max(1, (going + room - 1) / room);
    }
}
