using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace MultiCluster.Http.Login;

/// <summary>What one cluster's client sends to say who it is. A certificate and an <c>Authorization</c> header may both be present, as with kubectl.</summary>
/// <param name="certificate">The kubeconfig's client certificate, owned by the credential, or null.</param>
internal abstract class ClusterCredential(ClientCertificate? certificate) : IDisposable
{
    /// <summary>The client certificate with its private key, as far as it is known without waiting, or null.</summary>
    public virtual X509Certificate2? ClientCertificate => certificate?.Leaf;

    /// <summary>Intermediate certificates that came with <see cref="ClientCertificate"/>, without the leaf; null when there are none.</summary>
    public virtual X509Certificate2Collection? ClientCertificateChain => certificate?.Chain;

    /// <summary>True when the kubeconfig has a login and it is not sent, because the connection is not encrypted.</summary>
    public virtual bool IsWithheld => false;

    /// <summary>The header to send, or null for none. Faults when a token file or an exec plugin fails.</summary>
    public abstract ValueTask<AuthenticationHeaderValue?> GetAuthorizationAsync(CancellationToken cancellationToken);

    /// <summary>The client certificate with its private key, or null for none; waits for an exec plugin, which may bring one.</summary>
    public virtual ValueTask<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => new(ClientCertificate);

    /// <summary>After a 401: forgets the cached credential if it is still the rejected one. True when another attempt may send another credential.</summary>
    /// <param name="rejected">The header that was sent, or null when there was none.</param>
    public abstract bool TryInvalidate(AuthenticationHeaderValue? rejected);

    /// <summary>Releases the kubeconfig's client certificate.</summary>
    public void Dispose() => certificate?.Dispose();
}
