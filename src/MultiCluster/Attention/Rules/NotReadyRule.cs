using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Pods that are not ready past their grace, for another reason than those that have rules of their own.</summary>
internal sealed class NotReadyRule() : AttentionRule("NotReady", "a pod is not ready for more than five minutes")
{
    public override IReadOnlyList<InventoryKind> Kinds => [new("pods")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubePod pod || pod.StatusJson.HasCondition("Ready"u8) || PodConditions.IsOver(pod))
            return;
        var conditions = pod.StatusJson["conditions"u8];
        var trouble = PodConditions.Trouble(pod);
        if (conditions.OfType("PodScheduled"u8)["status"u8].Is("False"u8) || trouble == PodConditions.CrashLoop || ImagePullRule.Is(trouble))
            return;
        var since = PodConditions.NotReadySince(pod);
        if (!scan.IsPast(since, Grace))
            return;
        var waiting = PodConditions.WaitingFor(pod, trouble)["state"u8]["waiting"u8]["message"u8].AsText();
        var why = waiting is not null ? $"{trouble}, {waiting}" : conditions.OfType("Ready"u8)["message"u8].AsText() ?? pod.State;
        scan.Add(this, FindingSeverity.Warning, pod, since, Sentence.Of($"Is not ready: {why}"));
    }
}
