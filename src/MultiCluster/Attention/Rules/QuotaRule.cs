using System.Globalization;
using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Quotas of which 80 % is used, or all.</summary>
internal sealed class QuotaRule() : AttentionRule("Quota", "80 % of a ResourceQuota is used, or all of it")
{
    private const decimal Near = 0.8m;

    public override IReadOnlyList<InventoryKind> Kinds => [new("resourcequotas")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not { Kind: "ResourceQuota" } quota)
            return;
        var used = quota.StatusJson["used"u8];
        var full = new List<(decimal Share, string Text)>();
        foreach (var bound in quota.StatusJson["hard"u8].Members)
        {
            if (bound.Value.AsQuantity() is not { Value: > 0 } hard || !used.TryGetMember(bound.Name, out var value) || value.AsQuantity() is not { } amount)
                continue;
            var share = amount.Value / hard.Value;
            if (share >= Near)
                full.Add((share, string.Create(CultureInfo.InvariantCulture, $"{bound.Name} {amount} of {hard} ({Math.Floor(share * 100)} %)")));
        }

        if (full.Count == 0)
            return;
        var texts = full.OrderByDescending(static one => one.Share).Select(static one => one.Text);
        scan.Add(this, full.Max(static one => one.Share) >= 1 ? FindingSeverity.Error : FindingSeverity.Warning, quota, null, $"Used: {string.Join(", ", texts)}.");
    }
}
