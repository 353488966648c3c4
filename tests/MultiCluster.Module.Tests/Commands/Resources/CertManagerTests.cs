using MultiCluster.Attention;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>cert-manager's kinds with the columns of kubectl, and what needs a look of them: api-gateway was never issued, image-resizer ends in six days.</summary>
public sealed class CertManagerTests(SharedFleet shared)
{
    [Fact]
    public void A_Certificate_says_whether_it_is_ready_and_when_it_ends()
    {
        using var shell = Open();

        var told = shell.Run("Get-KubeResource cert -Namespace web").Of<KubeCertificate>();

        Assert.Equal(
            ["api-gateway False api-gateway-tls letsencrypt", "image-resizer True image-resizer-tls letsencrypt", "storefront True storefront-tls letsencrypt"],
            told.Select(static one => $"{one.Name} {one.Ready} {one.Secret} {one.Issuer}"));
        Assert.Equal("Issuing certificate as Secret does not exist", told[0].Message);
        Assert.Equal(((DateTime?)null, TimeSpan.FromDays(30)), (told[0].NotAfter, told[2].NotAfter - told[2].RenewalTime));
        Assert.InRange((told[2].NotAfter!.Value - DateTime.Now).TotalDays, 49, 51);
        Assert.Equal(["storefront.example.com"], told[2].DnsNames);
        Assert.Equal(["image-resizer"], shell.Run("Get-KubeResource cert -n web | Where-Object { $_.NotAfter -and $_.NotAfter -lt (Get-Date).AddDays(14) }").Of<KubeCertificate>().Select(static one => one.Name));
    }

    [Fact]
    public void Its_table_fits_80_columns_and_the_wide_one_has_the_rest()
    {
        using var shell = Open();

        Assert.Matches(@"^ClusterName +Namespace +Name +Ready +Secret +Expires +Age *\n", shell.Screen("Get-KubeResource cert -Namespace web", 80));
        Assert.Matches(@"^ClusterName +Namespace +Name +Ready +Secret +Expires +Age +Issuer +Renews +Status *\n", shell.Screen("Get-KubeResource cert -Namespace web | Format-Table -View wide", 200));
        Assert.Matches(@"(?m)^prod-eu +web +storefront +True +storefront-\S+ +\d{4}-\d\d-\d\d +40d *$", shell.Screen("Get-KubeResource cert -Namespace web", 80));
    }

    [Fact]
    public void Requests_and_issuers_have_the_columns_of_kubectl()
    {
        using var shell = Open();

        Assert.Equal(
            ["api-gateway-1 True  False letsencrypt", "storefront-1 True  True letsencrypt"],
            shell.Run("Get-KubeResource certificaterequest -Namespace web").Of<KubeCertificateRequest>().Select(static one => $"{one.Name} {one.Approved} {one.Denied} {one.Ready} {one.Issuer}"));
        Assert.Equal(["letsencrypt True acme"], shell.Run("Get-KubeResource clusterissuer").Of<KubeClusterIssuer>().Select(static one => $"{one.Name} {one.Ready} {one.Type}"));
        Assert.Equal(["internal True ca Signing CA verified"], shell.Run("Get-KubeResource issuer -Namespace web").Of<KubeIssuer>().Select(static one => $"{one.Name} {one.Ready} {one.Type} {one.Message}"));
    }

    [Fact]
    public void What_is_not_ready_or_ends_soon_needs_a_look()
    {
        using var shell = Open();

        var found = shell.Run("Get-KubeAttention -Rule Certificate").Of<KubeFinding>();

        Assert.Equal(["Error Certificate/web/api-gateway", "Warning Certificate/web/image-resizer"], found.Select(static one => $"{one.Severity} {one.Object}"));
        Assert.Equal("Is not ready: Issuing certificate as Secret does not exist.", found[0].Reason);
        Assert.StartsWith("It expires on ", found[1].Reason, StringComparison.Ordinal);
    }

    private Shell Open() => new Shell(shared.Fleet).Select("prod-eu");
}
