namespace MultiCluster.Kubeconfig;

/// <summary>A <c>clusters[]</c> entry. Paths are already resolved against the folder of the file that holds them.</summary>
internal sealed record KubeconfigCluster
{
    /// <summary>The entry's name.</summary>
    public required string Name { get; init; }

    /// <summary>What is wrong with one of its fields, or null.</summary>
    internal string? Damage { get; init; }

    /// <summary>The API server's address; may carry a path prefix, and a name and password. Not to be shown: <see cref="ShownServer"/> is.</summary>
    public string? Server { get; init; }

    /// <summary>Name checked against the server's certificate in place of the address's host.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>True when the server's certificate is not checked.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>Path of a PEM file with one or more CA certificates; ignored when <see cref="CertificateAuthorityData"/> is set.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Base64 of a PEM text with one or more CA certificates.</summary>
    public string? CertificateAuthorityData { get; init; }

    /// <summary>Proxy of this cluster: http, https or socks5; may carry a name and password, and is not to be shown.</summary>
    public string? ProxyUrl { get; init; }

    /// <summary>True when responses must not be compressed.</summary>
    public bool DisableCompression { get; init; }

    /// <summary>JSON text of the extension <c>client.authentication.k8s.io/exec</c>, handed to exec plugins as <c>spec.cluster.config</c>.</summary>
    public string? ExecExtension { get; init; }

    /// <summary>The API server's address without name and password.</summary>
    internal string? ShownServer => Server is null ? null : ServerAddress.Shown(Server);

    /// <summary>True when who answers is not checked, or nothing is encrypted at all (http).</summary>
    internal bool IsInsecure => InsecureSkipTlsVerify || ServerAddress.Of(this) is { IsPlaintext: true };

    /// <inheritdoc/>
    // A record prints what it holds, and addresses hold passwords.
    public override string ToString() => $"{Name} ({ShownServer})";
}
