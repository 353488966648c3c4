using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MultiCluster.Tests.Http;

/// <summary>An HTTP proxy that makes tunnels for one user, or for everybody; with a certificate, an https proxy.</summary>
public sealed class TunnelProxy(string? basic = null, X509Certificate2? certificate = null) : ProxyServer(certificate)
{
    /// <summary>What it answers in place of a tunnel: a status line, or nothing at all.</summary>
    public string? Refusal { get; init; }

    protected override async Task<string?> GreetAsync(Stream client)
    {
        var buffer = new byte[8192];
        while (true)
        {
            var read = await client.ReadAsync(buffer, Stopped);
            if (read == 0)
                return null;
            var head = Encoding.ASCII.GetString(buffer, 0, read);
            if (Refusal is not null)
            {
                await client.WriteAsync(Encoding.ASCII.GetBytes(Refusal), Stopped);
                if (Refusal.Length > 0)
                    return null;
            }
            else if (basic is null || head.Contains($"Proxy-Authorization: Basic {basic}", StringComparison.OrdinalIgnoreCase))
            {
                return head.Split(' ')[1];
            }
            else
            {
                await client.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), Stopped);
            }
        }
    }

    protected override async Task WelcomeAsync(Stream client) => await client.WriteAsync("HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n"u8.ToArray(), Stopped);
}
