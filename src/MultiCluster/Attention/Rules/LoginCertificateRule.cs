namespace MultiCluster.Attention.Rules;

/// <summary>The certificates of the connection itself: the API server's, and the client's that the kubeconfig logs in with.</summary>
internal sealed class LoginCertificateRule() : AttentionRule("LoginCertificate", "the API server's certificate, or the kubeconfig's, expires within two weeks")
{
    public override void Conclude(AttentionScan scan)
    {
        CertificateTerm.Judge(this, scan, FindingSubject.Cluster, "The API server's certificate", scan.ServerCertificateExpires);
        CertificateTerm.Judge(this, scan, FindingSubject.Cluster, "The client certificate of the kubeconfig", scan.ClientCertificateExpires);
    }
}
