using MultiCluster.Inventory;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Attention.Rules;

/// <summary>Deployments whose rollout does not go on.</summary>
internal sealed class RolloutRule() : AttentionRule("Rollout", "a rollout is stuck")
{
    public override IReadOnlyList<InventoryKind> Kinds => [new("deployments")];

    /// <summary>True when the status says that the rollout does not go on.</summary>
    public static bool IsStuck(JsonSlice status) => Stuck(status).Exists;

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubeDeployment || item.IsDeleted || Stuck(item.StatusJson) is not { Exists: true } condition)
            return;
        var what = condition["type"u8].Is("ReplicaFailure"u8) ? "Pods cannot be created" : "The rollout is stuck";
        scan.Add(this, FindingSeverity.Error, item, condition["lastTransitionTime"u8].AsTime(), Sentence.Of($"{what}: {condition["message"u8].AsText() ?? condition["reason"u8].AsText() ?? "it does not say why"}"));
    }

    private static JsonSlice Stuck(JsonSlice status)
    {
        var conditions = status["conditions"u8];
        var failure = conditions.OfType("ReplicaFailure"u8);
        if (failure["status"u8].Is("True"u8))
            return failure;
        var progressing = conditions.OfType("Progressing"u8);
        return progressing["status"u8].Is("False"u8) ? progressing : default;
    }
}
