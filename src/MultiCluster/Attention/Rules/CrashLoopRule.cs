using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Pods whose container crashes again and again.</summary>
internal sealed class CrashLoopRule() : AttentionRule("CrashLoop", "a container crashes again and again")
{
    private const string State = "CrashLoopBackOff";

    public override IReadOnlyList<InventoryKind> Kinds => [new("pods")];

    /// <summary>True for the STATUS of a pod whose container crashes again and again.</summary>
    public static bool Is(string trouble) => trouble == State;

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubePod pod || scan.Glance(pod) is not { IsReady: false } glance || !Is(glance.Trouble))
            return;
        var container = glance.WaitingFor(State);
        var last = container["lastState"u8]["terminated"u8];
        var end = last.IsObject ? $", the last time with {ContainerEnd.Of(last)}" : "";
        scan.Add(
            this, FindingSeverity.Error, pod, glance.NotReadySince,
            $"Container {container["name"u8].AsText()} crashes again and again: {Sentence.Count(container["restartCount"u8].AsInt32(), "restart")}{end}.");
    }
}
