using MultiCluster.Faults;
using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Objects that somebody has deleted, and that are there all the same: their finalizers hold them, or of a pod its node.</summary>
internal sealed class DeletionRule() : AttentionRule("Deletion", "what was deleted is held by finalizers, or by a node")
{
    public override IReadOnlyList<InventoryKind> Kinds =>
    [
        new("pods"), new("namespaces"), new("persistentvolumeclaims"), new("services"), new("deployments"), new("statefulsets"), new("daemonsets"), new("jobs"),
        new("persistentvolumes") { MetadataOnly = true },
        new("customresourcedefinitions") { MetadataOnly = true },
    ];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (!item.IsDeleted || !scan.IsPast(item.Deletion, Grace))
            return;
        var finalizers = item.MetadataJson["finalizers"u8].AsTexts();
        var held = finalizers.Count > 0 ? $"finalizers hold it: {string.Join(", ", finalizers)}" : item switch
        {
            KubePod { Node: { } node } => $"node {node} has not said that it has ended",
            KubeNamespace => Contents(item),
            _ => "nothing says what holds it",
        };
        scan.Add(this, FindingSeverity.Warning, item, item.Deletion, Sentence.Of($"Was deleted and is still there: {held}"));
    }

    private static string Contents(KubeObject ns)
    {
        var conditions = ns.StatusJson["conditions"u8];
        var messages = new List<string>();
        foreach (var condition in conditions.Elements)
        {
            if (condition["status"u8].Is("True"u8) && condition["message"u8].AsText() is { } message)
                messages.Add(message.TrimEnd('.'));
        }

        return messages.Count > 0 ? string.Join("; ", messages) : $"its finalizers hold it: {NameList.Of(ns.SpecJson["finalizers"u8].AsTexts())}";
    }
}
