using System.Net.Http.Headers;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Platform;

namespace MultiCluster.Credentials;

/// <summary>A bearer token in a file that something else renews: a kubelet in a pod, an agent on a workstation.</summary>
internal sealed class TokenFileCredential(ClientCertificate? certificate, string path, ClusterIdentity identity, TimeProvider time)
    : ClusterCredential(certificate)
{
    /// <summary>The file is read again when the token is older than this.</summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private AuthenticationHeaderValue? _token;
    private long _readAt;

    /// <inheritdoc/>
    public override async ValueTask<AuthenticationHeaderValue?> GetAuthorizationAsync(CancellationToken cancellationToken)
    {
        AuthenticationHeaderValue? known;
        lock (_gate)
        {
            known = _token;
            if (known is not null && time.GetElapsedTime(_readAt) < MaxAge)
                return known;
        }

        var startedAt = time.GetTimestamp();
        AuthenticationHeaderValue read;
        try
        {
            read = await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException) when (known is not null)
        {
            // client-go: a token that cannot be renewed stays in use until the server rejects it.
            read = known;
        }

        lock (_gate)
        {
            _token = read;
            _readAt = startedAt;
        }

        return read;
    }

    /// <inheritdoc/>
    public override bool TryInvalidate(AuthenticationHeaderValue? rejected)
    {
        lock (_gate)
        {
            if (Equals(_token, rejected))
                _token = null;
        }

        return true;
    }

    private async Task<AuthenticationHeaderValue> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var text = await SharedFile.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            return BearerToken.ToHeader(text)
                ?? throw CredentialProblems.Unusable(identity, $"Token file {path} holds no token", "Renew the file; it must hold the token alone.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CredentialProblems.Unreadable(identity, $"Token file {path}", exception);
        }
    }
}
