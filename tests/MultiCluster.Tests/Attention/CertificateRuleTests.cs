using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MultiCluster.Attention;
using MultiCluster.Attention.Rules;
using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;
using static MultiCluster.Tests.Attention.RuleScan;

namespace MultiCluster.Tests.Attention;

/// <summary>The rules about certificates that expire.</summary>
public sealed class CertificateRuleTests
{
    [Theory]
    [InlineData(-1, FindingSeverity.Error, "Its certificate has expired on 2026-02-28 12:00 UTC.")]
    [InlineData(13, FindingSeverity.Warning, "Its certificate expires on 2026-03-14 12:00 UTC.")]
    public void A_TLS_Secret_is_found_within_two_weeks_of_its_end(int days, FindingSeverity severity, string reason) =>
        Assert.Equal((severity, "Secret/web/tls", reason), One(new CertificateRule(), Secret(Pem(days))));

    [Fact]
    public void A_certificate_with_time_left_or_none_at_all_is_left_alone() =>
        Assert.Empty(Of(new CertificateRule(), Secret(Pem(15)), Secret("no certificate"), Secret("")));

    [Fact]
    public void The_servers_own_certificate_counts_and_not_its_authorities() => Assert.Empty(Of(new CertificateRule(), Secret(Pem(100) + Pem(3))));

    [Theory]
    [InlineData("True", null, 20, null, null)]
    [InlineData("True", null, 6, FindingSeverity.Warning, "It expires on 2026-03-07 12:00 UTC.")]
    [InlineData("True", null, -1, FindingSeverity.Error, "It has expired on 2026-02-28 12:00 UTC.")]
    [InlineData("False", "the order is pending.", null, FindingSeverity.Error, "Is not ready: the order is pending.")]
    [InlineData("False", "the order is pending", 20, FindingSeverity.Warning, "Is not ready: the order is pending.")]
    [InlineData("False", "the order is pending", 6, FindingSeverity.Warning, "It expires on 2026-03-07 12:00 UTC, and is not ready: the order is pending.")]
    [InlineData("Unknown", null, -1, FindingSeverity.Error, "It has expired on 2026-02-28 12:00 UTC, and is not ready: cert-manager has not said why.")]
    public void A_Certificate_is_found_when_it_is_not_ready_or_near_its_end(string ready, string? message, int? days, FindingSeverity? severity, string? reason)
    {
        var found = Of(new CertificateRule(), Certificate(ready, message, days)).SingleOrDefault();

        Assert.Equal((severity, reason), (found?.Severity, found?.Reason));
    }

    [Fact]
    public void One_that_was_asked_for_a_moment_ago_has_time_to_be_issued() =>
        Assert.Empty(Of(new CertificateRule(), Certificate("False", "issuing", null, minutes: 3)));

    [Fact]
    public void Of_a_Certificate_and_its_Secret_one_is_told_and_another_Secret_stands_for_itself()
    {
        Assert.Equal(["Certificate/web/shop"], Of(new CertificateRule(), Secret(Pem(6)), Certificate("True", null, 6)).Select(static one => one.Object));
        Assert.Equal(["Secret/web/tls"], Of(new CertificateRule(), Certificate("True", null, 60), Secret(Pem(6))).Select(static one => one.Object));
        Assert.Equal(2, Of(new CertificateRule(), Certificate("True", null, 6, secret: "other"), Secret(Pem(6))).Count);
    }

    [Fact]
    public void A_bundle_is_good_for_as_long_as_one_of_its_authorities()
    {
        Assert.Empty(Of(new WebhookCertificateRule(), Webhook(Pem(-3) + Pem(100))));
        Assert.Equal(
            (FindingSeverity.Error, "MutatingWebhookConfiguration/defaults", "The CA bundle of webhook defaults.example.com has expired on 2026-02-26 12:00 UTC."),
            One(new WebhookCertificateRule(), Webhook(Pem(-3))));
    }

    [Fact]
    public void The_certificates_of_the_connection_are_the_clusters()
    {
        var rule = new LoginCertificateRule();
        var scan = new AttentionScan(Sample.Cluster, [rule], Sample.Now);

        scan.Conclude("v1.33.1", Sample.Now.AddDays(2), Sample.Now.AddDays(-2));

        Assert.Equal(
            [
                (FindingSeverity.Error, "(cluster)", "The client certificate of the kubeconfig has expired on 2026-02-27 12:00 UTC."),
                (FindingSeverity.Warning, "(cluster)", "The API server's certificate expires on 2026-03-03 12:00 UTC."),
            ],
            scan.Findings.Select(static one => (one.Severity, one.Object, one.Reason)));
        Assert.All(scan.Findings, static one => Assert.Null(one.Name));
    }

    private static KubeObject Secret(string pem) => Sample.Read("v1", "Secret", $$"""
        { "metadata": { "name": "tls", "namespace": "web" }, "type": "kubernetes.io/tls", "data": { "tls.crt": "{{Base64(pem)}}" } }
        """);

    private static KubeObject Certificate(string ready, string? message, int? days, int minutes = 60, string secret = "tls") => Sample.Read("cert-manager.io/v1", "Certificate", $$"""
        { "metadata": { "name": "shop", "namespace": "web" }, "spec": { "secretName": "{{secret}}" },
          "status": { {{(days is { } left ? $"\"notAfter\": \"{Sample.Now.AddDays(left):yyyy-MM-ddTHH:mm:ssZ}\"," : "")}} "conditions": [ { "type": "Ready", "status": "{{ready}}", "message": "{{message}}", "lastTransitionTime": "{{Sample.Now.AddMinutes(-minutes):yyyy-MM-ddTHH:mm:ssZ}}" } ] } }
        """);

    private static KubeObject Webhook(string pem) => Sample.Read("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", $$"""
        { "metadata": { "name": "defaults" }, "webhooks": [ { "name": "defaults.example.com", "clientConfig": { "caBundle": "{{Base64(pem)}}" } } ] }
        """);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Pem(int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256).CreateSelfSigned(Sample.Now.AddDays(-400), Sample.Now.AddDays(days));
        return certificate.ExportCertificatePem() + "\n";
    }
}
