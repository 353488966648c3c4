using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>
/// TLS Secrets whose certificate has expired, or soon will, and Certificates of cert-manager of which the same is true or that are not ready. Of
/// a Certificate and its Secret the Certificate is named: it is what somebody has asked for.
/// </summary>
internal sealed class CertificateRule() : AttentionRule("Certificate", "a certificate of a TLS Secret or of cert-manager expires within two weeks, or is not ready")
{
    private readonly HashSet<(string? Namespace, string? Secret)> _told = [];
    private readonly List<(FindingSubject Secret, DateTimeOffset? Ends)> _secrets = [];

    public override IReadOnlyList<InventoryKind> Kinds =>
        [new("secrets") { FieldSelector = "type=kubernetes.io/tls" }, new("certificates.cert-manager.io") { Optional = true }];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        switch (item)
        {
            case KubeSecret { Type: "kubernetes.io/tls" } when CertificateTerm.OfLeaf(item.Root["data"u8]["tls.crt"u8]) is var ends && CertificateTerm.Text(scan, ends) is not null:
                _secrets.Add((FindingSubject.Of(item), ends));
                break;
            case KubeCertificate { IsDeleted: false } certificate:
                Look(certificate, scan);
                break;
        }
    }

    public override void Conclude(AttentionScan scan)
    {
        foreach (var (secret, ends) in _secrets.Where(one => !_told.Contains((one.Secret.Namespace, one.Secret.Name))))
            CertificateTerm.Judge(this, scan, secret, "Its certificate", ends);
    }

    private void Look(KubeCertificate certificate, AttentionScan scan)
    {
        var ends = certificate.StatusJson["notAfter"u8].AsTime();
        var term = CertificateTerm.Text(scan, ends);
        var since = certificate.Condition["lastTransitionTime"u8].AsTime() ?? certificate.MetadataJson["creationTimestamp"u8].AsTime();
        var isReady = certificate.Ready == "True" || !scan.IsPast(since, Grace);
        if (isReady && term is null)
            return;
        _told.Add((certificate.Namespace, certificate.Secret));
        if (isReady)
        {
            CertificateTerm.Judge(this, scan, FindingSubject.Of(certificate), "It", ends);
            return;
        }

        // What was issued before serves on until it ends.
        var why = certificate.Message ?? "cert-manager has not said why";
        scan.Add(this, ends > scan.Now ? FindingSeverity.Warning : FindingSeverity.Error, certificate, since, Sentence.Of(term is null ? $"Is not ready: {why}" : $"It {term}, and is not ready: {why}"));
    }
}
