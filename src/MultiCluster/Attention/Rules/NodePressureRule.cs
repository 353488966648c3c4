using System.Collections.Frozen;
using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Nodes that run out of something, whose network is not set up, or of which the node problem detector says that they are broken. Other conditions may be good when they are true.</summary>
internal sealed class NodePressureRule() : AttentionRule("NodePressure", "a node runs out of memory, disk or processes, or is broken in another way")
{
    private static readonly FrozenSet<string> Bad = new[]
    {
        "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable",
        "KernelDeadlock", "ReadonlyFilesystem", "XfsShutdown", "CperHardwareErrorFatal", "FrequentUnregisterNetDevice", "FrequentKubeletRestart", "FrequentContainerdRestart",
    }.ToFrozenSet(StringComparer.Ordinal);

    public override IReadOnlyList<InventoryKind> Kinds => [new("nodes")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubeNode)
            return;
        foreach (var condition in item.StatusJson["conditions"u8].Elements)
        {
            if (!condition["status"u8].Is("True"u8) || condition["type"u8].AsText() is not { } type || !Bad.Contains(type))
                continue;
            scan.Add(
                this, FindingSeverity.Warning, item, condition["lastTransitionTime"u8].AsTime(),
                Sentence.Of($"{type}: {condition["message"u8].AsText() ?? condition["reason"u8].AsText() ?? "it does not say why"}"));
        }
    }
}
