using System.Net;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>
/// Which proxy a cluster is reached through: its <c>proxy-url</c>, else <c>HTTPS_PROXY</c> / <c>HTTP_PROXY</c> unless <c>NO_PROXY</c>
/// says otherwise, with Go's reading of it (address ranges included), and never for loopback addresses.
/// </summary>
internal static class ProxySettings
{
    private static readonly string[] Schemes = ["http", "https", "socks5", "socks5h"];

    /// <summary>The proxy, or null for none.</summary>
    /// <exception cref="FaultException">The proxy's address cannot be used.</exception>
    public static FixedProxy? Of(KubeconfigCluster cluster, Uri server, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(cluster.ProxyUrl))
            return Parse(cluster.ProxyUrl, "proxy-url");
        var name = server.Scheme == Uri.UriSchemeHttps ? "HTTPS_PROXY" : "HTTP_PROXY";
        var value = Variable(environment, name);
        if (string.IsNullOrWhiteSpace(value) || ServerAddress.IsLoopbackHost(server) || IsExcluded(server, Variable(environment, "NO_PROXY")))
            return null;
        return Parse(value.Contains("://", StringComparison.Ordinal) ? value : $"http://{value}", name);
    }

    private static string? Variable(Func<string, string?> environment, string name) =>
        environment(name) is { Length: > 0 } value ? value : environment(name.ToLowerInvariant());

    private static FixedProxy Parse(string text, string origin)
    {
        var (plain, login) = ServerAddress.Split(text);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme) || uri.Host.Length == 0)
        {
            throw new FaultException(
                FaultPhase.Kubeconfig,
                $"{origin} \"{MessageText.OneLine(ServerAddress.Shown(text, "***@"), 100)}\" is not an http, https or socks5 address",
                $"Correct {origin}.");
        }

        // SocketsHttpHandler knows socks5 only; the name is resolved by the proxy with either spelling.
        var scheme = uri.Scheme == "socks5h" ? "socks5" : uri.Scheme;
        var port = uri.IsDefaultPort && scheme == "socks5" || uri.Port < 0 ? 1080 : uri.Port;
        var address = new UriBuilder(scheme, uri.Host, port).Uri;
        var user = (login ?? "").Split(':', 2);
        var credential = login is null
            ? null
            : new NetworkCredential(Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "");
        return new FixedProxy(address, credential, origin);
    }

    private static bool IsExcluded(Uri server, string? noProxy)
    {
        if (string.IsNullOrWhiteSpace(noProxy))
            return false;
        var host = server.IdnHost.TrimEnd('.');
        _ = IPAddress.TryParse(host, out var address);
        return noProxy.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(entry => entry == "*" || Fits(entry, host, address, server.Port));
    }

    private static bool Fits(string entry, string host, IPAddress? address, int port)
    {
        if (address is not null && IPNetwork.TryParse(entry, out var network))
            return network.Contains(address);
        if (IPAddress.TryParse(entry.Trim('[', ']'), out var single))
            return single.Equals(address);
        var colon = entry.LastIndexOf(':');
        if (colon > 0 && int.TryParse(entry.AsSpan(colon + 1), out var onlyPort))
        {
            if (onlyPort != port)
                return false;
            entry = entry[..colon].Trim('[', ']');
            if (IPAddress.TryParse(entry, out single))
                return single.Equals(address);
        }

        if (address is not null)
            return false;
        if (entry.StartsWith("*.", StringComparison.Ordinal))
            entry = entry[1..];
        return entry.StartsWith('.')
            ? host.EndsWith(entry, StringComparison.OrdinalIgnoreCase)
            : host.Equals(entry, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{entry}", StringComparison.OrdinalIgnoreCase);
    }
}
