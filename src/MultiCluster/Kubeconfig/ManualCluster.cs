namespace MultiCluster.Kubeconfig;

/// <summary>A cluster that somebody adds by hand. Not a record: it holds secrets and must not print itself.</summary>
internal sealed class ManualCluster
{
    /// <summary>Name of the context, and of its cluster and user.</summary>
    public required string Name { get; init; }

    /// <summary>The API server's address, http or https.</summary>
    public required string Server { get; init; }

    /// <summary>PEM text with one or more CA certificates.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>True not to check the server's certificate; not together with <see cref="CertificateAuthority"/>.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>Name checked against the server's certificate in place of the address's host.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Proxy: http, https or socks5.</summary>
    public string? ProxyUrl { get; init; }

    /// <summary>Bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>PEM text of the client certificate; needs <see cref="ClientKey"/>.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>PEM text of the client certificate's key.</summary>
    public string? ClientKey { get; init; }

    /// <summary>The context's namespace.</summary>
    public string? Namespace { get; init; }
}
