using MultiCluster.Kubeconfig;

namespace MultiCluster.Http.Login;

/// <summary>What becomes of a login where the connection is not encrypted (http).</summary>
internal enum PlaintextLogin
{
    /// <summary>Nothing is at stake: the connection is encrypted, or there is no login.</summary>
    None,

    /// <summary>There is a login, and it is not sent.</summary>
    Withheld,

    /// <summary>There is a login, and it is sent: to this machine itself, and because the user's preferences say so.</summary>
    Sent,
}

/// <summary>
/// client-go reads logins only for TLS (clientcmd, IsConfigTransportTLS): a token on its way to an http address is everybody's. It leaves out
/// as little as kubectl does: impersonation is sent, since without it a proxy that has a login of its own would do more than was meant.
/// </summary>
internal static class PlaintextRules
{
    /// <summary>What becomes of the login of <paramref name="context"/>.</summary>
    /// <param name="context">A context.</param>
    /// <param name="allowed">Whether the user allows it where the address is this machine's own.</param>
    public static PlaintextLogin Of(KubeconfigContext context, bool allowed)
    {
        if (ServerAddress.Of(context.Cluster) is not { IsPlaintext: true } address || !HasLogin(context.User, address))
            return PlaintextLogin.None;
        return allowed && CanBeAllowed(context.Cluster!) ? PlaintextLogin.Sent : PlaintextLogin.Withheld;
    }

    /// <summary>True where only this machine can listen: behind a proxy, <c>localhost</c> is the proxy's.</summary>
    public static bool CanBeAllowed(KubeconfigCluster cluster) =>
        ServerAddress.Of(cluster) is { IsPlaintext: true, IsLoopback: true } && string.IsNullOrEmpty(cluster.ProxyUrl);

    private static bool HasLogin(KubeconfigUser? user, ServerAddress address) =>
        address.Login is not null
        || (user is not null
            && (user.Exec is not null
                || user.AuthProvider is not null
                || new[] { user.Token, user.TokenFile, user.Username, user.Password, user.ClientCertificateData, user.ClientCertificateFile }.Any(static field => !string.IsNullOrEmpty(field))));
}
