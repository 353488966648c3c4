using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Pods that are not ready past their grace, for another reason than those that have rules of their own.</summary>
internal sealed class NotReadyRule() : AttentionRule("NotReady", "a pod is not ready for more than five minutes")
{
    public override IReadOnlyList<InventoryKind> Kinds => [new("pods")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubePod pod || scan.Glance(pod) is not { IsReady: false, IsOver: false } glance)
            return;
        var trouble = glance.Trouble;
        if (PendingRule.Is(glance) || CrashLoopRule.Is(trouble) || ImagePullRule.Is(trouble))
            return;
        var since = glance.NotReadySince;
        if (!scan.IsPast(since, Grace))
            return;
        var waiting = glance.WaitingFor(trouble)["state"u8]["waiting"u8]["message"u8].AsText();
        var why = waiting is not null ? $"{trouble}, {waiting}" : glance.ReadyCondition["message"u8].AsText() ?? pod.State;
        scan.Add(this, FindingSeverity.Warning, pod, since, Sentence.Of($"Is not ready: {why}"));
    }
}
