using System.Globalization;

namespace MultiCluster.Nodes.Planning;

/// <summary>Why a budget lets no pod go now, and what to do about it.</summary>
internal static class BudgetReason
{
    /// <summary>The sentences; null when a pod may go.</summary>
    public static string? Of(PodBudget budget)
    {
        if (budget.Allowed > 0)
            return null;
        var name = $"Budget {budget.Namespace}/{budget.Name}";
        if (budget.SyncProblem is { } problem)
            return $"{name} allows nothing, because the server cannot work out its numbers: {problem.TrimEnd('.')}. Correct its selector, or give it a minAvailable that is a number.";
        if (budget.CannotBeMet)
            return CannotBeMet(budget, name);
        if (!budget.IsObserved)
            return $"{name} has just been made or changed, and the server has not worked out its numbers yet. Try again in some seconds.";
        if (budget.ExpectedPods == 0)
            return $"{name} counts no pods, and so allows nothing. Check its selector, and that a controller made its pods.";
        if (budget.CurrentHealthy > budget.DesiredHealthy)
            return $"{name} has just let a pod go, and its numbers will follow. Nothing is to be done.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name} allows nothing now: {budget.CurrentHealthy} of {budget.ExpectedPods} pods are healthy, and {budget.DesiredHealthy} must be. {Recovery(budget)}");
    }

    private static string CannotBeMet(PodBudget budget, string name)
    {
        if (budget.MaxUnavailable is not null && budget.Room is null or 0 && budget.MinAvailable is null)
        {
            return budget.MaxUnavailable is "0" or "0%"
                ? $"{name} can never be met: its maxUnavailable {budget.MaxUnavailable} lets no pod go at any time. Raise maxUnavailable, or use -DisableEviction, which asks no budget."
                : string.Create(CultureInfo.InvariantCulture, $"{name} can never be met: its maxUnavailable {budget.MaxUnavailable} of {Pods(budget.ExpectedPods)} is none. Raise maxUnavailable or scale the workload up, or use -DisableEviction, which asks no budget.");
        }

        return budget.Room == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{name} can never be met: it wants {Pods(budget.DesiredHealthy)} available (minAvailable {budget.MinAvailable}), and there are to be {budget.ExpectedPods}. Scale the workload up or lower minAvailable, or use -DisableEviction, which asks no budget.")
            : $"{name} can never be met: its minAvailable {budget.MinAvailable} lets no pod go at any time. Lower minAvailable, or use -DisableEviction, which asks no budget.";
    }

    private static string Recovery(PodBudget budget)
    {
        var missing = budget.DesiredHealthy + 1 - budget.CurrentHealthy;
        return string.Create(CultureInfo.InvariantCulture, $"A pod may go when {missing} more {(missing == 1 ? "pod is" : "pods are")} ready{(budget.AlwaysAllowsUnhealthy ? "" : "; with unhealthyPodEvictionPolicy AlwaysAllow, those that are not ready may go at once")}.");
    }

    private static string Pods(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} pod{(count == 1 ? "" : "s")}");
}
