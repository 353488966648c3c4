using System.Net;
using System.Net.Sockets;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>The way to a cluster's server: straight, or through its proxy.</summary>
internal sealed class Route(TransportSettings settings)
{
    // The handler would hold the proxy's certificate against the server's name and authority and show it the client's; and its
    // tunnels pass through the filter that is meant for requests, which garbles TLS.
    private readonly bool _tunnels = settings.Proxy is { IsHttp: true } && settings.Endpoint.Uri.Scheme == Uri.UriSchemeHttps;
    private readonly KeepAlive _keepAlive = new();

    /// <summary>True when SocketsHttpHandler talks to the proxy: SOCKS, and plain requests to a server without TLS.</summary>
    public bool LeavesProxyToHandler => settings.Proxy is not null && !_tunnels;

    /// <summary>A connection that ends at the server, or at a proxy which the handler talks to.</summary>
    /// <exception cref="FaultException">There is no way.</exception>
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            if (context.InitialRequestMessage.Options.TryGetValue(AttemptTimer.Key, out var timer))
                timer.Connecting(socket, _keepAlive.TakeRemark);
            _keepAlive.Apply(socket.SetSocketOption);
            await ConnectAsync(socket, _tunnels ? settings.Proxy!.EndPoint : context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (settings.Proxy is { IsTls: true } proxy)
                stream = await ProxyTls.OpenAsync(stream, proxy, settings, cancellationToken).ConfigureAwait(false);
            if (_tunnels)
                await ProxyTunnel.OpenAsync(stream, context.DnsEndPoint, settings.Proxy!, cancellationToken).ConfigureAwait(false);
            return LeavesProxyToHandler ? stream : new TimedStream(stream, settings.TimeProvider, settings.Answered);
        }
        catch
        {
            if (stream is not null)
                await stream.DisposeAsync().ConfigureAwait(false);
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask ConnectAsync(Socket socket, DnsEndPoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            if (ThisMachine(endpoint) is { } addresses)
                await socket.ConnectAsync(addresses, endpoint.Port, cancellationToken).ConfigureAwait(false);
            else
                await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            throw new FaultException(ConnectFaults.Of(exception, endpoint, settings.Proxy));
        }
    }

    /// <summary>
    /// Where a server listens whose address is that of no machine in particular: k3d writes <c>https://0.0.0.0:6550</c>, and Go, so kubectl,
    /// takes it for this machine. The name in the certificate stays the one of the address.
    /// </summary>
    private static IPAddress[]? ThisMachine(DnsEndPoint endpoint)
    {
        if (!IPAddress.TryParse(endpoint.Host, out var address))
            return null;
        if (address.Equals(IPAddress.Any))
            return [IPAddress.Loopback];
        return address.Equals(IPAddress.IPv6Any) ? [IPAddress.IPv6Loopback, IPAddress.Loopback] : null;
    }
}
