using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Pods whose container had to be started again lately, and runs.</summary>
internal sealed class RestartsRule() : AttentionRule("Restarts", "a container was started again within the last hour")
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    public override IReadOnlyList<InventoryKind> Kinds => [new("pods")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubePod pod || scan.Glance(pod) is not { Restarts: var restarts and > 0, IsOver: false } glance)
            return;
        var (container, ended) = glance.LastEnded();
        if (ended is null || scan.Now - ended > Lately || (!glance.IsReady && CrashLoopRule.Is(glance.Trouble)))
            return;
        scan.Add(
            this, FindingSeverity.Warning, pod, ended,
            $"Was restarted {(restarts == 1 ? "once" : $"{restarts} times")}, the last time container {container["name"u8].AsText()} after {ContainerEnd.Of(container["lastState"u8]["terminated"u8])}.");
    }
}
