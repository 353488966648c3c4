using MultiCluster.Objects;

namespace MultiCluster.Nodes.Planning;

/// <summary>Makes a node's plan from what was decided about its pods.</summary>
internal static class NodePlan
{
    /// <summary>The plan.</summary>
    public static KubeDrainPlan Of(KubeNode node, IReadOnlyList<JudgedPod> pods)
    {
        var asked = new Dictionary<PodBudget, List<JudgedPod>>();
        foreach (var pod in pods)
        {
            foreach (var budget in pod.Budgets)
            {
                if (!asked.TryGetValue(budget, out var covered))
                    asked[budget] = covered = [];
                covered.Add(pod);
            }
        }

        return new KubeDrainPlan
        {
            Subject = node,
            Pods = [.. pods.Select(static pod => pod.Pod)],
            Budgets = [.. asked.Select(static pair => DisruptionOf(pair.Key, pair.Value.Select(static covered => covered.Pod.ToString())))],
            Waves = pods.Any(static pod => pod.Pod.Goes) ? asked.Select(static pair => Waves(pair.Key, pair.Value)).DefaultIfEmpty(1).Max() : 0,
        };
    }

    /// <summary>A budget with those of its pods that are meant, each as <c>namespace/name</c>.</summary>
    public static KubePodDisruption DisruptionOf(PodBudget budget, IEnumerable<string> pods) => new()
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
        Pods = [.. pods],
        CanBeMet = !budget.CannotBeMet,
        Reason = budget.Reason,
    };

    /// <summary>How often the budget lets as many go as it can. Pods that are not ready need no turn of their own.</summary>
    private static int Waves(PodBudget budget, List<JudgedPod> covered)
    {
        var going = covered.Count(static one => one.Pod.Goes && one.IsReady);
        var room = Math.Max(1, budget.Room ?? going);
        return Math.Max(1, (going + room - 1) / room);
    }
}
