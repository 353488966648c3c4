using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Operators of an OpenShift cluster that say they are degraded or not available, or hold its upgrade.</summary>
internal sealed class ClusterOperatorRule() : AttentionRule("ClusterOperator", "an OpenShift operator is degraded, not available, or holds the upgrade")
{
    /// <summary>The kind, which OpenShift alone serves.</summary>
    public const string Resource = "clusteroperators.config.openshift.io";

    public override IReadOnlyList<InventoryKind> Kinds => [new(Resource) { Optional = true }];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item.Kind != "ClusterOperator")
            return;
        foreach (var condition in item.StatusJson["conditions"u8].Elements)
        {
            if (Judged(condition["type"u8].AsText(), condition["status"u8].AsText()) is not ({ } severity, { } state))
                continue;
            scan.Add(
                this, severity, item, condition["lastTransitionTime"u8].AsTime(),
                Sentence.Of($"{state}: {condition["message"u8].AsText() ?? condition["reason"u8].AsText() ?? "it does not say why"}"));
        }
    }

    private static (FindingSeverity? Severity, string? State) Judged(string? type, string? status) => (type, status) switch
    {
        ("Degraded", "True") => (FindingSeverity.Error, "Is degraded"),
        ("Available", "False") => (FindingSeverity.Error, "Is not available"),
        ("Upgradeable", "False") => (FindingSeverity.Info, "Holds the upgrade of the cluster"),
        _ => default,
    };
}
