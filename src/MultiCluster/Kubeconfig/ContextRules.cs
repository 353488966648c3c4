namespace MultiCluster.Kubeconfig;

/// <summary>Why a context cannot be used; what client-go checks before it builds a client (ConfirmUsable).</summary>
internal static class ContextRules
{
    public static string? Problem(ContextEntry entry, KubeconfigCluster? cluster, KubeconfigUser? user)
    {
        if (cluster is null && entry.Cluster is null) return "The context names no cluster.";
        if (cluster is null) return $"The context's cluster \"{entry.Cluster}\" is not in the kubeconfig.";
        // Without a user nothing is sent for a login: a server behind `kubectl proxy` needs none.
        if (entry.User is not null && user is null) return $"The context's user \"{entry.User}\" is not in the kubeconfig.";
        return Problem(cluster) ?? (user is null ? null : Problem(user));
    }

    /// <summary>Addresses are not repeated in the sentence: they may hold a password.</summary>
    public static string? Problem(KubeconfigCluster cluster)
    {
        if (cluster.Damage is not null) return $"The cluster \"{cluster.Name}\" cannot be used: {cluster.Damage}";
        if (cluster.Server is null) return $"The cluster \"{cluster.Name}\" has no server.";
        if (!IsAddress(cluster.Server, "https", "http")) return $"The server of the cluster \"{cluster.Name}\" is not an http or https address.";
        if (cluster.InsecureSkipTlsVerify && (cluster.CertificateAuthorityData ?? cluster.CertificateAuthorityFile) is not null)
            return $"The cluster \"{cluster.Name}\" has a certificate authority together with insecure-skip-tls-verify; only one of them can be meant.";
        if (cluster.ProxyUrl is not null && !IsAddress(cluster.ProxyUrl, "http", "https", "socks5"))
            return $"The proxy-url of the cluster \"{cluster.Name}\" is not an http, https or socks5 address.";
        if (!IsPath(cluster.CertificateAuthorityFile)) return $"The certificate-authority of the cluster \"{cluster.Name}\" is no path.";
        return null;
    }

    public static string? Problem(KubeconfigUser user)
    {
        if (user.Damage is not null) return $"The user \"{user.Name}\" cannot be used: {user.Damage}";
        if (!IsPath(user.ClientCertificateFile) || !IsPath(user.ClientKeyFile) || !IsPath(user.TokenFile) || !IsPath(user.Exec?.Command))
            return $"A path of the user \"{user.Name}\" is none: it holds a NUL character.";
        var hasCertificate = (user.ClientCertificateData ?? user.ClientCertificateFile) is not null;
        var hasKey = (user.ClientKeyData ?? user.ClientKeyFile) is not null;
        if (hasCertificate && !hasKey) return $"The user \"{user.Name}\" has a client certificate without its key.";
        if (user.Exec is { Command.Length: 0 }) return $"The exec plugin of the user \"{user.Name}\" has no command.";
        return null;
    }

    /// <summary>False for a text that no file can be named by.</summary>
    public static bool IsPath(string? path) => path?.Contains('\0', StringComparison.Ordinal) != true;

    private static bool IsAddress(string text, params ReadOnlySpan<string> schemes) =>
        Uri.TryCreate(ServerAddress.Split(text).Address, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme) && uri.Host.Length > 0;
}
