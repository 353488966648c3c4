using System.Net;
using System.Text;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Asks an HTTP proxy for a tunnel (RFC 9110, CONNECT).</summary>
internal static class ProxyTunnel
{
    /// <summary>A proxy's whole answer: status line and headers.</summary>
    private const int LargestHead = 16 * 1024;

    /// <summary>Turns <paramref name="proxied"/>, a connection to the proxy, into one to <paramref name="server"/>.</summary>
    /// <exception cref="FaultException">The proxy does not make the tunnel.</exception>
    public static async Task OpenAsync(Stream proxied, DnsEndPoint server, FixedProxy proxy, CancellationToken cancellationToken)
    {
        var authority = $"{(server.Host.Contains(':', StringComparison.Ordinal) ? $"[{server.Host}]" : server.Host)}:{server.Port}";
        var credential = proxy.Basic is { } basic ? $"Proxy-Authorization: Basic {basic}\r\n" : "";
        string head;
        try
        {
            await proxied.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n{credential}\r\n"), cancellationToken).ConfigureAwait(false);
            head = await ReadHeadAsync(proxied, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new FaultException(ConnectFaults.ProxyRefused(exception, proxy, "it closed the connection"));
        }

        var line = head[..head.IndexOf('\r', StringComparison.Ordinal)];
        var words = line.Split(' ', 3);
        if (!line.StartsWith("HTTP/1.", StringComparison.Ordinal) || words.Length < 2 || words[1].Length != 3)
            throw new FaultException(ConnectFaults.ProxyRefused(null, proxy, $"it does not speak HTTP: {MessageText.OneLine(line, 60)}"));
        if (words[1][0] != '2')
            throw new FaultException(ConnectFaults.ProxyRefused(null, proxy, $"HTTP {MessageText.OneLine(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..], 60)}"));
    }

    // The server does not speak before the client does, so that nothing of it can be among these bytes.
    private static async Task<string> ReadHeadAsync(Stream proxied, CancellationToken cancellationToken)
    {
        var buffer = new byte[LargestHead];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await proxied.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new EndOfStreamException();
            length += read;
            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0 || !Begins(buffer.AsSpan(0, length)))
                break;
        }

        return Encoding.Latin1.GetString(buffer, 0, length) + '\r';
    }

    /// <summary>False as soon as the bytes cannot be the beginning of an answer: waiting for more would be waiting for the timeout.</summary>
    private static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith("HTTP/"u8[..Math.Min(head.Length, 5)]);
}
