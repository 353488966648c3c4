using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MultiCluster.Http.Login;

namespace MultiCluster.Tests.Credentials;

public sealed class KeyMatchTests
{
    [Fact]
    public void A_key_is_the_certificates_in_each_form_that_it_is_written_in()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(KeyMatch.Same, Match(TestCertificates.Of(rsa), rsa.ExportRSAPrivateKeyPem()));
        Assert.Equal(KeyMatch.Same, Match(TestCertificates.Of(rsa), rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Equal(KeyMatch.Same, Match(TestCertificates.Of(ec), ec.ExportECPrivateKeyPem()));
        Assert.Equal(KeyMatch.Same, Match(TestCertificates.Of(ec), ec.ExportPkcs8PrivateKeyPem()));
        Assert.Equal(KeyMatch.Same, Match(TestCertificates.Of(ec), $"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n{ec.ExportECPrivateKeyPem()}"));
    }

    [Fact]
    public void Another_certificates_key_is_told_from_one_that_is_none()
    {
        using var rsa = RSA.Create(2048);
        using var otherRsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var otherEc = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(KeyMatch.Different, Match(TestCertificates.Of(rsa), otherRsa.ExportPkcs8PrivateKeyPem()));
        Assert.Equal(KeyMatch.Different, Match(TestCertificates.Of(ec), otherEc.ExportECPrivateKeyPem()));
        Assert.Equal(KeyMatch.NoSuchKey, Match(TestCertificates.Of(rsa), ec.ExportECPrivateKeyPem()));
        Assert.Equal(KeyMatch.NoSuchKey, Match(TestCertificates.Of(rsa), "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----"));
        Assert.Equal(KeyMatch.NoSuchKey, Match(TestCertificates.Of(rsa), "nothing"));
    }

    [Fact]
    public void An_EC_key_that_leaves_its_public_key_out_says_nothing()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // SEQUENCE { INTEGER 1, OCTET STRING of one byte }
        Assert.Equal(KeyMatch.Unknown, Match(TestCertificates.Of(ec), new string(PemEncoding.Write("EC PRIVATE KEY", [0x30, 0x06, 0x02, 0x01, 0x01, 0x04, 0x01, 0x07]))));
    }

    private static KeyMatch Match(string certificate, string key)
    {
        using var parsed = X509Certificate2.CreateFromPem(certificate);
        return KeyMatching.Of(parsed, key);
    }
}
