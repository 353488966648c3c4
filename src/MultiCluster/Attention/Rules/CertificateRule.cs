using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>TLS Secrets whose certificate has expired, or soon will.</summary>
internal sealed class CertificateRule() : AttentionRule("Certificate", "the certificate of a TLS Secret expires within two weeks")
{
    public override IReadOnlyList<InventoryKind> Kinds => [new("secrets") { FieldSelector = "type=kubernetes.io/tls" }];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is KubeSecret { Type: "kubernetes.io/tls" })
            CertificateTerm.Judge(this, scan, FindingSubject.Of(item), "Its certificate", CertificateTerm.OfLeaf(item.Root["data"u8]["tls.crt"u8]));
    }
}
