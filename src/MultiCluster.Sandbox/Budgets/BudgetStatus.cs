using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Budgets;

/// <summary>A PodDisruptionBudget's status, as its readers and writers see it.</summary>
internal sealed class BudgetStatus(JsonObject budget)
{
    private const string Condition = "DisruptionAllowed";

    public const string SufficientPods = "SufficientPods";
    public const string InsufficientPods = "InsufficientPods";
    public const string SyncFailed = "SyncFailed";

    private readonly JsonObject _status = budget["status"] as JsonObject ?? [];

    public long Generation => budget["metadata"]!["generation"].AsLong() ?? 0;

    public long ObservedGeneration => Number("observedGeneration");

    public long DisruptionsAllowed => Number("disruptionsAllowed");

    public long CurrentHealthy => Number("currentHealthy");

    public long DesiredHealthy => Number("desiredHealthy");

    /// <summary>Pods whose eviction was granted and that have not been seen to go, with the time of the grant.</summary>
    public JsonObject DisruptedPods => _status["disruptedPods"] as JsonObject ?? [];

    /// <summary>Why the budget's controller could not work; null when it could.</summary>
    public string? Failure => ConditionIn(_status) is { } condition && condition["reason"]?.ToString() == SyncFailed ? condition["message"]?.ToString() ?? "" : null;

    /// <summary>Writes the condition that goes with the disruptions allowed, where a server has it (since 1.21).</summary>
    public static void SetCondition(JsonObject status, DateTimeOffset now, bool served, string? failure = null)
    {
        if (!served) return;
        var allowed = failure is null && status["disruptionsAllowed"].AsLong() > 0;
        var reason = failure is not null ? SyncFailed : allowed ? SufficientPods : InsufficientPods;
        var before = ConditionIn(status);
        var state = allowed ? "True" : "False";
        var condition = new JsonObject
        {
            ["type"] = Condition,
            ["status"] = state,
            ["observedGeneration"] = status["observedGeneration"]?.DeepClone(),
            ["lastTransitionTime"] = before?["status"]?.ToString() == state ? before["lastTransitionTime"]?.DeepClone() : Timestamp.Of(now),
            ["reason"] = reason,
            ["message"] = failure ?? "",
        };
        status["conditions"] = new JsonArray(condition);
    }

    private static JsonNode? ConditionIn(JsonObject status) =>
        (status["conditions"] as JsonArray)?.FirstOrDefault(c => c!["type"]?.ToString() == Condition);

    private long Number(string name) => _status[name].AsLong() ?? 0;
}
