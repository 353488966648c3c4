using System.Net.Http.Headers;
using MultiCluster.Http.Login;

namespace MultiCluster.Credentials;

/// <summary>What the kubeconfig itself holds: a certificate, a token, a name and password, or nothing.</summary>
internal sealed class StaticCredential(ClientCertificate? certificate, AuthenticationHeaderValue? authorization) : ClusterCredential(certificate)
{
    /// <inheritdoc/>
    public override ValueTask<AuthenticationHeaderValue?> GetAuthorizationAsync(CancellationToken cancellationToken) => new(authorization);

    /// <inheritdoc/>
    public override bool TryInvalidate(AuthenticationHeaderValue? rejected) => false;
}
