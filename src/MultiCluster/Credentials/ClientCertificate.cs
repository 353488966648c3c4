using System.Security.Cryptography.X509Certificates;

namespace MultiCluster.Credentials;

/// <summary>A client certificate with its private key, and the intermediates that came with it.</summary>
/// <param name="Leaf">The certificate, with its private key.</param>
/// <param name="Chain">Intermediates in the order they were given, or null.</param>
internal sealed record ClientCertificate(X509Certificate2 Leaf, X509Certificate2Collection? Chain) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Leaf.Dispose();
        foreach (var certificate in Chain ?? [])
            certificate.Dispose();
    }
}
