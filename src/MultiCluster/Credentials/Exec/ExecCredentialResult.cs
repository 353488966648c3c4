using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using MultiCluster.Http.Login;

namespace MultiCluster.Credentials;

/// <summary>What an exec plugin printed: a token, a client certificate with its key, or both.</summary>
/// <remarks>Shared by every cluster that uses the plugin, and by handshakes under way when it is replaced: its certificate is left to the finalizer.</remarks>
/// <param name="authorization">The bearer token as a header, or null.</param>
/// <param name="certificate">The client certificate, or null.</param>
/// <param name="expires">When the credential ends, or null when the plugin does not say.</param>
internal sealed class ExecCredentialResult(AuthenticationHeaderValue? authorization, ClientCertificate? certificate, DateTimeOffset? expires)
{
    /// <summary>The bearer token as a header, or null.</summary>
    public AuthenticationHeaderValue? Authorization { get; } = authorization;

    /// <summary>The client certificate with its private key, or null.</summary>
    public X509Certificate2? Certificate => certificate?.Leaf;

    /// <summary>Intermediate certificates, or null.</summary>
    public X509Certificate2Collection? CertificateChain => certificate?.Chain;

    /// <summary>When the credential ends, or null when the plugin does not say.</summary>
    public DateTimeOffset? Expires { get; } = expires;
}
