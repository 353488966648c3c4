using System.Collections.Concurrent;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Credentials.Oidc;

/// <summary>The logins by identity providers of a pool, one for each entry of a kubeconfig.</summary>
/// <param name="time">Clock of expiry.</param>
/// <param name="environment">Names the proxies.</param>
internal sealed class OidcLogins(TimeProvider time, Func<string, string?> environment)
{
    private readonly ConcurrentDictionary<(OidcPlace Place, OidcClient Client), OidcLogin> _logins = new();

    /// <summary>The login of a user, which looks at its kubeconfig again.</summary>
    public OidcLogin Get(AuthProviderConfig entry, string user)
    {
        var client = OidcClient.Of(entry);
        var login = _logins.GetOrAdd(
            (new OidcPlace(entry.KubeconfigPath, user), client),
            _ => new OidcLogin(entry, user, new OidcProvider(client, user, time, environment), time));
        login.LookAgain();
        return login;
    }
}
