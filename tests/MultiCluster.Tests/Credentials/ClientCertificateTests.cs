using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MultiCluster.Faults;
using MultiCluster.Http.Login;

namespace MultiCluster.Tests.Credentials;

public sealed class ClientCertificateTests
{
    private const string OldEncryptedKey =
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";

    private static readonly byte[] Text = [1, 2, 3];

    public enum KeyForm
    {
        Pkcs1,
        Pkcs8,
        Sec1,
    }

    [Theory]
    [InlineData(KeyForm.Pkcs1)]
    [InlineData(KeyForm.Pkcs8)]
    public void An_RSA_key_is_read_in_each_form(KeyForm form)
    {
        using var key = RSA.Create(2048);

        using var read = Parse(TestCertificates.Of(key), form == KeyForm.Pkcs1 ? key.ExportRSAPrivateKeyPem() : key.ExportPkcs8PrivateKeyPem());

        using var signer = read.Leaf.GetRSAPrivateKey();
        var signature = signer!.SignData(Text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        Assert.True(key.VerifyData(Text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        Assert.Null(read.Chain);
    }

    [Theory]
    [InlineData(KeyForm.Sec1)]
    [InlineData(KeyForm.Pkcs8)]
    public void An_EC_key_is_read_in_each_form(KeyForm form)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        using var read = Parse(TestCertificates.Of(key), form == KeyForm.Sec1 ? key.ExportECPrivateKeyPem() : key.ExportPkcs8PrivateKeyPem());

        using var signer = read.Leaf.GetECDsaPrivateKey();
        Assert.True(key.VerifyData(Text, signer!.SignData(Text, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
    }

    [Fact]
    public void A_key_after_curve_parameters_and_certificates_is_found()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = TestCertificates.Of(key);
        var combined = $"{certificate}\n-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n{key.ExportECPrivateKeyPem()}\n";

        using var read = Parse(combined, combined);

        Assert.True(read.Leaf.HasPrivateKey);
    }

    [Fact]
    public void The_first_certificate_is_the_leaf_and_the_others_stay_in_order()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var bundle = TestCertificates.Of(key, "leaf") + TestCertificates.Of(other, "first") + TestCertificates.Of(other, "second");

        using var read = Parse(bundle, key.ExportPkcs8PrivateKeyPem());

        Assert.Equal("CN=leaf", read.Leaf.Subject);
        Assert.Equal(["CN=first", "CN=second"], read.Chain!.Select(static certificate => certificate.Subject));
    }

    [Fact]
    public void An_encrypted_key_is_a_clear_error()
    {
        using var key = RSA.Create(2048);
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.Equal("client-key /k is encrypted", DetailOf(TestCertificates.Of(key), encrypted));
        Assert.Equal("client-key /k is encrypted", DetailOf(TestCertificates.Of(key), OldEncryptedKey));
    }

    [Fact]
    public void A_key_of_another_certificate_is_a_clear_error()
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var otherEc = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal("client-key /k does not belong to client-certificate /c", DetailOf(TestCertificates.Of(key), other.ExportPkcs8PrivateKeyPem()));
        Assert.Equal("client-key /k does not belong to client-certificate /c", DetailOf(TestCertificates.Of(ec), otherEc.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void A_key_of_another_kind_is_a_clear_error()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal("client-key /k is not a valid RSA private key, which client-certificate /c needs", DetailOf(TestCertificates.Of(rsa), ec.ExportECPrivateKeyPem()));
        Assert.Equal("client-key /k is not a valid EC private key, which client-certificate /c needs", DetailOf(TestCertificates.Of(ec), rsa.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void What_the_system_cannot_use_is_not_told_as_another_certificates_key()
    {
        using var rsa = RSA.Create(2048);
        using var certificate = X509Certificate2.CreateFromPem(TestCertificates.Of(rsa));
        var failure = new CryptographicException("Unknown error (0x80090029)", new ArgumentException("keys"));

        var fault = ClientCertificate.Problem(
            failure, certificate, new PemText("", "client-certificate /c"), new PemText(rsa.ExportRSAPrivateKeyPem(), "client-key /k")).Fault;

        Assert.Equal("this system cannot use client-key /k, an RSA key, with client-certificate /c: Unknown error (0x80090029)", fault.Detail);
    }

    [Fact]
    public void Texts_without_PEM_are_named()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal("client-certificate /c holds no PEM certificate", DetailOf("garbage", key.ExportECPrivateKeyPem()));
        Assert.Equal("client-key /k holds no PEM private key", DetailOf(TestCertificates.Of(key), TestCertificates.Of(key)));
        Assert.Equal(
            "client-certificate /c holds a damaged certificate",
            DetailOf("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", key.ExportECPrivateKeyPem()));
    }

    private static ClientCertificate Parse(string certificate, string key) =>
        ClientCertificate.Parse(new PemText(certificate, "client-certificate /c"), new PemText(key, "client-key /k"));

    private static string DetailOf(string certificate, string key)
    {
        var fault = Assert.Throws<FaultException>(() => Parse(certificate, key)).Fault;
        Assert.Equal(FaultPhase.Credential, fault.Phase);
        Assert.NotNull(fault.Advice);
        return fault.Detail;
    }
}
