using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace MultiCluster.Credentials;

/// <summary>What one cluster's client sends to say who it is. A certificate and an <c>Authorization</c> header may both be present, as with kubectl.</summary>
internal abstract class ClusterCredential : IDisposable
{
    /// <summary>The client certificate with its private key, as far as it is known without waiting, or null.</summary>
    public abstract X509Certificate2? ClientCertificate { get; }

    /// <summary>Intermediate certificates that came with <see cref="ClientCertificate"/>, without the leaf; null when there are none.</summary>
    public abstract X509Certificate2Collection? ClientCertificateChain { get; }

    /// <summary>The header to send, or null for none. Faults when a token file or an exec plugin fails.</summary>
    public abstract ValueTask<AuthenticationHeaderValue?> GetAuthorizationAsync(CancellationToken cancellationToken);

    /// <summary>The client certificate with its private key, or null for none; waits for an exec plugin, which may bring one.</summary>
    public abstract ValueTask<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken);

    /// <summary>After a 401: forgets the cached credential if it is still the rejected one. True when another attempt may send another credential.</summary>
    /// <param name="rejected">The header that was sent, or null when there was none.</param>
    public abstract bool TryInvalidate(AuthenticationHeaderValue? rejected);

    /// <summary>Releases the certificates that this credential owns.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the certificates that this credential owns.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
