using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Webhooks whose certificate authorities have expired, or soon will: the server trusts the webhook no longer, and refuses what it has to judge.</summary>
internal sealed class WebhookCertificateRule() : AttentionRule("WebhookCertificate", "the authority of a webhook's certificate expires within two weeks")
{
    public override IReadOnlyList<InventoryKind> Kinds => [new("mutatingwebhookconfigurations"), new("validatingwebhookconfigurations")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        foreach (var webhook in item.Root["webhooks"u8].Elements)
            CertificateTerm.Judge(this, scan, FindingSubject.Of(item), $"The CA bundle of webhook {webhook["name"u8].AsText()}", CertificateTerm.OfBundle(webhook["clientConfig"u8]["caBundle"u8]));
    }
}
