using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>A cluster's address, as requests need it.</summary>
internal sealed class ServerEndpoint
{
    private readonly string _prefix;

    /// <summary>Reads the address.</summary>
    /// <exception cref="FaultException">The kubeconfig's address or trust settings cannot be used.</exception>
    public ServerEndpoint(KubeconfigCluster? cluster)
    {
        if (string.IsNullOrWhiteSpace(cluster?.Server))
            throw Unusable("the context's cluster has no server address", "Set the cluster's server in the kubeconfig.");
        if (ServerAddress.Of(cluster) is not { Uri: var uri } address)
            throw Unusable($"\"{MessageText.OneLine(ServerAddress.Shown(cluster.Server, "***@"), 200)}\" is not an http or https address", "Correct the cluster's server in the kubeconfig.");
        if (cluster.InsecureSkipTlsVerify && (cluster.CertificateAuthorityData ?? cluster.CertificateAuthorityFile) is { Length: > 0 })
            throw Unusable("the cluster has both a certificate authority and insecure-skip-tls-verify", "Remove one of the two from the kubeconfig.");

        Uri = uri;
        HasLogin = address.Login is not null;
        Name = string.IsNullOrEmpty(cluster.TlsServerName) || uri.Scheme == Uri.UriSchemeHttp ? uri.IdnHost : cluster.TlsServerName;
        _prefix = uri.GetLeftPart(UriPartial.Path).TrimEnd('/');

        // SocketsHttpHandler takes the TLS server name from the Host header and nowhere else.
        HostHeader = Name == uri.IdnHost ? null : uri.IsDefaultPort ? Name : $"{Name}:{uri.Port}";
    }

    /// <summary>The address, without the name and password that it may hold.</summary>
    public Uri Uri { get; }

    /// <summary>True when the kubeconfig's address holds a name and password.</summary>
    public bool HasLogin { get; }

    /// <summary>The name asked for in the TLS handshake and looked for in the certificate.</summary>
    public string Name { get; }

    /// <summary>The <c>Host</c> header when it differs from the address's host.</summary>
    public string? HostHeader { get; }

    /// <summary>Host and port, for messages.</summary>
    public string Authority => Uri.Authority;

    /// <summary>The address of <paramref name="pathAndQuery"/>, below the server's path prefix.</summary>
    public Uri At(string pathAndQuery) => new(_prefix + pathAndQuery);

    private static FaultException Unusable(string detail, string advice) => new(FaultPhase.Kubeconfig, detail, advice);
}
