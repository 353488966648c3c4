namespace MultiCluster.Nodes.Planning;

/// <summary>What was decided about a pod. The pod itself need not be kept.</summary>
/// <param name="Pod">Its part of the plan.</param>
/// <param name="Budgets">The budgets that it must ask.</param>
/// <param name="IsReady">True when its budgets count it as healthy; false where it has none.</param>
internal readonly record struct JudgedPod(KubeDrainPod Pod, IReadOnlyList<PodBudget> Budgets, bool IsReady);
