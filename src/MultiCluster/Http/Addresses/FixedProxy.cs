using System.Net;
using System.Text;

namespace MultiCluster.Http;

/// <summary>One proxy for everything.</summary>
internal sealed class FixedProxy(Uri address, NetworkCredential? credential, string origin) : IWebProxy
{
    /// <summary>Scheme, host and port, without credentials.</summary>
    public Uri Address => address;

    /// <summary>Host and port.</summary>
    public DnsEndPoint EndPoint => new(address.IdnHost, address.Port);

    /// <summary>True for an HTTP proxy, with TLS or without; false for SOCKS.</summary>
    public bool IsHttp => address.Scheme == Uri.UriSchemeHttp || IsTls;

    /// <summary>True when the proxy itself is talked to over TLS.</summary>
    public bool IsTls => address.Scheme == Uri.UriSchemeHttps;

    /// <summary>The user's name and password as the Basic scheme has them, or null.</summary>
    public string? Basic => credential is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}"));

    /// <summary>Where it was configured.</summary>
    public string Origin => origin;

    /// <inheritdoc/>
    public ICredentials? Credentials { get; set; } = credential;

    /// <summary>The proxy as SocketsHttpHandler is to talk to it: TLS has been made before.</summary>
    public Uri GetProxy(Uri destination) => IsTls ? new UriBuilder(address) { Scheme = Uri.UriSchemeHttp, Port = address.Port }.Uri : address;

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => false;
}
