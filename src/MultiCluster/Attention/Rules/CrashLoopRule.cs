using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Pods whose container crashes again and again.</summary>
internal sealed class CrashLoopRule() : AttentionRule("CrashLoop", "a container crashes again and again")
{
    public override IReadOnlyList<InventoryKind> Kinds => [new("pods")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubePod pod || PodConditions.Trouble(pod) != PodConditions.CrashLoop)
            return;
        var container = PodConditions.WaitingFor(pod, PodConditions.CrashLoop);
        var last = container["lastState"u8]["terminated"u8];
        var end = last.IsObject ? $", the last time with {PodConditions.EndOf(last)}" : "";
        scan.Add(
            this, FindingSeverity.Error, pod, PodConditions.NotReadySince(pod),
            $"Container {container["name"u8].AsText()} crashes again and again: {Sentence.Count(container["restartCount"u8].AsInt32(), "restart")}{end}.");
    }
}
