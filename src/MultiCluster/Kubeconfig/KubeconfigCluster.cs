namespace MultiCluster.Kubeconfig;

/// <summary>A <c>clusters[]</c> entry. Paths are already resolved against the folder of the file that holds them.</summary>
public sealed record KubeconfigCluster
{
    /// <summary>The entry's name.</summary>
    public required string Name { get; init; }

    /// <summary>The API server's address; may carry a path prefix.</summary>
    public string? Server { get; init; }

    /// <summary>Name checked against the server's certificate in place of the address's host.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>True when the server's certificate is not checked.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>Path of a PEM file with one or more CA certificates; ignored when <see cref="CertificateAuthorityData"/> is set.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Base64 of a PEM text with one or more CA certificates.</summary>
    public string? CertificateAuthorityData { get; init; }

    /// <summary>Proxy of this cluster: http, https or socks5.</summary>
    public string? ProxyUrl { get; init; }

    /// <summary>True when responses must not be compressed.</summary>
    public bool DisableCompression { get; init; }

    /// <summary>JSON text of the extension <c>client.authentication.k8s.io/exec</c>, handed to exec plugins as <c>spec.cluster.config</c>.</summary>
    public string? ExecExtension { get; init; }
}
