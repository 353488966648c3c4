using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Evictions;

/// <summary>Takes one disruption from a budget, so that no two evictions get the same (checkAndDecrement).</summary>
internal static class BudgetGrant
{
    // eviction.go: MaxDisruptedPodSize
    private const int MostDisrupted = 2000;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    /// <summary>What a server says when a budget's status is behind; null for an old one, which says nothing.</summary>
    public static TimeSpan? RetryAfter(ClusterStore store) => store.Kinds.Policy.SaysWhenToRetry ? Soon : null;

    /// <exception cref="StatusError">The budget does not allow it.</exception>
    public static void Take(ClusterStore store, StoredObject budget, string pod, bool dryRun)
    {
        while (true)
        {
            var json = budget.ToJson();
            Check(store, budget.Name, new BudgetStatus(json));
            if (dryRun) return;
            Write(store, json, pod);
            try
            {
                if (store.TryReplace(budget.Kind, json, budget.ResourceVersion) is not null) return;
            }
            catch (StaleObjectException)
            {
                // Its controller or another eviction was quicker.
            }
            budget = store.Find(budget.Kind, budget.Namespace, budget.Name) ?? throw StatusError.NotFound(budget.Kind, budget.Name);
        }
    }

    private static void Check(ClusterStore store, string name, BudgetStatus status)
    {
        if (status.ObservedGeneration < status.Generation) throw EvictionErrors.NotObserved(name, RetryAfter(store));
        if (status.DisruptionsAllowed < 0) throw EvictionErrors.Negative(name);
        if (status.DisruptedPods.Count > MostDisrupted) throw EvictionErrors.TooManyDisrupted(name);
        if (status.DisruptionsAllowed > 0) return;
        throw status.Failure is { } why ? EvictionErrors.Failed(name, why) : EvictionErrors.Exhausted(name, status.DesiredHealthy, status.CurrentHealthy);
    }

    private static void Write(ClusterStore store, JsonObject budget, string pod)
    {
        var now = store.Time.GetUtcNow();
        var status = budget["status"]!.AsObject();
        status["disruptionsAllowed"] = status["disruptionsAllowed"].AsLong() - 1;
        if (status["disruptedPods"] is not JsonObject disrupted) status["disruptedPods"] = disrupted = [];
        disrupted[pod] = Timestamp.Of(now);
        if (status["disruptionsAllowed"].AsLong() == 0) BudgetStatus.SetCondition(status, now, store.Kinds.Policy.EmptyMeansAll);
    }
}
