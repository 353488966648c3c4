using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Nodes that are not ready, or of which nothing is heard.</summary>
internal sealed class NodeReadyRule() : AttentionRule("NodeNotReady", "a node is not ready")
{
    public override IReadOnlyList<InventoryKind> Kinds => [new("nodes")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubeNode || item.StatusJson.HasCondition("Ready"u8))
            return;
        var ready = item.StatusJson["conditions"u8].OfType("Ready"u8);
        var state = ready["status"u8].Is("False"u8) ? "Is not ready" : "Nothing is heard of it";
        scan.Add(this, FindingSeverity.Error, item, ready["lastTransitionTime"u8].AsTime(), Sentence.Of($"{state}: {ready["message"u8].AsText() ?? ready["reason"u8].AsText() ?? "it does not say why"}"));
    }
}
