using System.Net.Http.Headers;
using MultiCluster.Http.Login;

namespace MultiCluster.Credentials;

/// <summary>In place of a login that the kubeconfig has and that is not sent, because the connection is not encrypted.</summary>
internal sealed class WithheldCredential() : ClusterCredential(certificate: null)
{
    /// <inheritdoc/>
    public override bool IsWithheld => true;

    /// <inheritdoc/>
    public override ValueTask<AuthenticationHeaderValue?> GetAuthorizationAsync(CancellationToken cancellationToken) => new((AuthenticationHeaderValue?)null);

    /// <inheritdoc/>
    public override bool TryInvalidate(AuthenticationHeaderValue? rejected) => false;
}
