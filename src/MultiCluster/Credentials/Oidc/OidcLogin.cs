using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Credentials.Oidc;

/// <summary>
/// One login by an identity provider, for all clusters that use it: its id-token is used while it is valid, and renewed by one request at a
/// time, since a provider may take a refresh token once only. What a provider gives is written into the kubeconfig, as kubectl does.
/// </summary>
internal sealed class OidcLogin(AuthProviderConfig entry, string user, OidcProvider provider, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly AuthProviderFile? _file = entry.KubeconfigPath.Length > 0 ? new(entry.KubeconfigPath, user) : null;
    private OidcTokens _tokens = OidcTokens.Of(entry);
    private OidcTokens _written = OidcTokens.Of(entry);
    private Task<string>? _renewal;
    private bool _mayBeOld;

    /// <summary>The id-token to send.</summary>
    /// <remarks>Cancelling ends the waiting only: what a provider has begun to give is not to be lost.</remarks>
    /// <exception cref="FaultException">It has expired and cannot be renewed.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        Task<string> renewal;
        lock (_gate)
        {
            if (!_mayBeOld && IdToken.IsValid(_tokens.IdToken, time.GetUtcNow()))
                return _tokens.IdToken!;
            if (_renewal is null or { IsCompleted: true })
                _renewal = Task.Run(RenewAsync, CancellationToken.None);
            renewal = _renewal;
        }

        return await renewal.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The kubeconfig may hold other tokens by now: it is read before the next request.</summary>
    public void LookAgain()
    {
        lock (_gate)
            _mayBeOld = true;
    }

    private async Task<string> RenewAsync()
    {
        Look();
        if (IdToken.IsValid(_tokens.IdToken, time.GetUtcNow()))
            return _tokens.IdToken!;
        if (string.IsNullOrEmpty(_tokens.RefreshToken))
            throw OidcFaults.Expired(user, string.IsNullOrEmpty(_tokens.IdToken) ? "is not there, and there is no refresh-token" : "has expired or is no JSON web token, and there is no refresh-token");
        OidcTokens fresh;
        try
        {
            fresh = await provider.RefreshAsync(_tokens.RefreshToken, CancellationToken.None).ConfigureAwait(false);
        }
        catch (FaultException exception) when (CredentialProblems.Of(exception.Fault) == CredentialProblem.ExpiredCredentials)
        {
            // kubectl may have used the refresh token in the same moment.
            Look();
            if (IdToken.IsValid(_tokens.IdToken, time.GetUtcNow()))
                return _tokens.IdToken!;
            throw;
        }

        await TakeAsync(fresh).ConfigureAwait(false);
        return fresh.IdToken!;
    }

    private void Look()
    {
        lock (_gate)
            _mayBeOld = false;
        if (_file?.Read() is not { } now || OidcTokens.Of(now) is var found && found.AreThoseOf(_written))
            return;
        lock (_gate)
            _tokens = _written = found;
    }

    private async Task TakeAsync(OidcTokens fresh)
    {
        bool isOther;
        lock (_gate)
        {
            isOther = fresh.RefreshToken != _tokens.RefreshToken;
            _tokens = fresh;
        }

        if (_file is null)
            return;
        var values = new Dictionary<string, string> { ["id-token"] = fresh.IdToken! };
        if (isOther)
            values["refresh-token"] = fresh.RefreshToken!;
        try
        {
            await _file.WriteAsync(values, time, CancellationToken.None).ConfigureAwait(false);
            lock (_gate)
                _written = fresh;
        }
        catch (FaultException exception)
        {
            // With the old refresh token the next session renews the login by itself. With another one it cannot: that is told once.
            if (isOther)
                throw OidcFaults.NotKept(user, exception.Fault);
        }
    }
}
