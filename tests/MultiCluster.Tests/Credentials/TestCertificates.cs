using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MultiCluster.Tests.Credentials;

/// <summary>Client certificates made on the spot.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset From = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2035, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string Of(RSA key, string name = "jane") =>
        Pem(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static string Of(ECDsa key, string name = "jane") => Pem(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256));

    private static string Pem(CertificateRequest request)
    {
        using var certificate = request.CreateSelfSigned(From, Until);
        return certificate.ExportCertificatePem() + "\n";
    }
}
