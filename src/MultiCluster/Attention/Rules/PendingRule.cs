using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Pods for which a scheduler finds no node, or that none has looked at. One that is gated waits because somebody wants it to.</summary>
internal sealed class PendingRule() : AttentionRule("Pending", "a pod has no node")
{
    /// <summary>A scheduler that has just been given a pod is at work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public override IReadOnlyList<InventoryKind> Kinds => [new("pods")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubePod { IsDeleted: false } pod || scan.Glance(pod) is var glance && !Is(glance))
            return;
        var scheduled = glance.Conditions.OfType("PodScheduled"u8);
        if (scheduled["reason"u8].Is("SchedulingGated"u8))
            return;
        var since = scheduled["lastTransitionTime"u8].AsTime() ?? ContainerEnd.CreatedAt(pod);
        if (!scan.IsPast(since, Patience))
            return;
        var why = scheduled.Exists
            ? $"The scheduler finds no node: {scheduled["message"u8].AsText() ?? scheduled["reason"u8].AsText() ?? "it does not say why"}"
            : $"No scheduler has looked at it: it asks for {pod.SpecJson["schedulerName"u8].AsText() ?? "default-scheduler"}";
        scan.Add(this, FindingSeverity.Warning, pod, since, Sentence.Of(why));
    }

    /// <summary>Whether a pod waits for a node.</summary>
    public static bool Is(PodGlance glance) =>
        glance.Phase.Is("Pending"u8)
        && (glance.Conditions.OfType("PodScheduled"u8) is { Exists: true } scheduled ? scheduled["status"u8].Is("False"u8) : glance.Pod.Node is null);
}
