using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Nodes.Planning;

/// <summary>A PodDisruptionBudget as an eviction meets it (apiserver <c>registry/core/pod/rest/eviction.go</c>).</summary>
internal sealed class PodBudget
{
    private readonly LabelMatch? _selector;
    private string? _reason;

    /// <summary>Reads a budget. An empty selector selects every pod of the namespace in <c>policy/v1</c>, and none in <c>policy/v1beta1</c>.</summary>
    public PodBudget(KubePodDisruptionBudget budget)
    {
        Budget = budget;
        var selector = budget.SpecJson["selector"u8];
        _selector = selector.IsObject ? LabelMatch.Of(selector) : null;
        if (_selector is { IsEmpty: true } && budget.Source.Kind.Version == "v1beta1")
            _selector = null;
        MinAvailable = budget.SpecJson["minAvailable"u8].AsText();
        MaxUnavailable = budget.SpecJson["maxUnavailable"u8].AsText();
        AlwaysAllowsUnhealthy = budget.SpecJson["unhealthyPodEvictionPolicy"u8].Is("AlwaysAllow"u8);
        var status = budget.StatusJson;
        Allowed = status["disruptionsAllowed"u8].AsInt32();
        CurrentHealthy = status["currentHealthy"u8].AsInt32();
        DesiredHealthy = status["desiredHealthy"u8].AsInt32();
        ExpectedPods = status["expectedPods"u8].AsInt32();
        var generation = budget.MetadataJson["generation"u8].AsInt64() ?? 0;
        IsObserved = status.IsObject && (status["observedGeneration"u8].AsInt64() ?? 0) >= generation;
        var condition = status["conditions"u8].OfType("DisruptionAllowed"u8);
        SyncProblem = condition["reason"u8].Is("SyncFailed"u8) ? condition["message"u8].AsText() ?? "no message" : null;
    }

    public KubePodDisruptionBudget Budget { get; }

    public string Namespace => Budget.Namespace ?? "";

    public string Name => Budget.Name;

    public string? MinAvailable { get; }

    public string? MaxUnavailable { get; }

    /// <summary>True when pods that are not ready may go whatever the numbers say.</summary>
    public bool AlwaysAllowsUnhealthy { get; }

    public int Allowed { get; }

    public int CurrentHealthy { get; }

    public int DesiredHealthy { get; }

    public int ExpectedPods { get; }

    /// <summary>True when the numbers are those of the budget as it is.</summary>
    public bool IsObserved { get; }

    /// <summary>Why the server cannot work the numbers out; null when it can.</summary>
    public string? SyncProblem { get; }

    /// <summary>How many pods may be missing when all are healthy; null when that is not known.</summary>
    public int? Room => IsObserved && SyncProblem is null && ExpectedPods > 0 ? Math.Max(0, ExpectedPods - DesiredHealthy) : null;

    /// <summary>True when it allows nothing even with all of its pods healthy.</summary>
    public bool CannotBeMet => Allowed <= 0
        && (SyncProblem is not null || Room == 0 || MaxUnavailable is "0" or "0%" || MinAvailable == "100%");

    /// <summary>Why it lets no pod go now; null when one may go.</summary>
    public string? Reason => _reason ??= BudgetReason.Of(this);

    /// <summary>True when the budget selects the pod, which must be in its namespace.</summary>
    public bool Selects(KubePod pod) => _selector is not null && _selector.Matches(pod.LabelsJson);

    /// <summary>True for a pod that goes without asking any budget: one that has not started, has ended, or is ending.</summary>
    public static bool IsFree(PodFacts pod) => pod.IsFinished || pod.Phase == "Pending" || pod.Deletion is not null;

    /// <summary>
    /// True for a pod that is not ready and goes although no disruption is allowed: always with the policy AlwaysAllow, else while
    /// enough others are healthy (IfHealthyBudget, the default).
    /// </summary>
    public bool LetsUnhealthy(PodFacts pod) =>
        !pod.IsReady && (AlwaysAllowsUnhealthy || (IsObserved && CurrentHealthy >= DesiredHealthy && DesiredHealthy > 0));
}
