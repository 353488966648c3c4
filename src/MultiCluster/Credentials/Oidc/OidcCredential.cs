using System.Net.Http.Headers;
using MultiCluster.Faults;
using MultiCluster.Http.Login;

namespace MultiCluster.Credentials.Oidc;

/// <summary>The id-token of a login that is shared with other clusters.</summary>
internal sealed class OidcCredential(ClientCertificate? certificate, OidcLogin login, string user, ClusterIdentity identity) : ClusterCredential(certificate)
{
    /// <inheritdoc/>
    public override async ValueTask<AuthenticationHeaderValue?> GetAuthorizationAsync(CancellationToken cancellationToken)
    {
        try
        {
            return BearerToken.ToHeader(await login.GetAsync(cancellationToken).ConfigureAwait(false))
                ?? throw OidcFaults.Field(user, "has an id-token with characters that no header can carry");
        }
        catch (FaultException exception)
        {
            // The login may be shared: its fault becomes this cluster's own.
            throw new FaultException(exception.Fault with { Cluster = identity });
        }
    }

    /// <inheritdoc/>
    public override bool TryInvalidate(AuthenticationHeaderValue? rejected)
    {
        login.LookAgain();
        return true;
    }
}
