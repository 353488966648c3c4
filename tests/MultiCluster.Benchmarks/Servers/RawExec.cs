using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>The reference: a bare ClientWebSocket that runs a command in a container, and moves its bytes to nowhere or from nowhere.</summary>
internal sealed class RawExec
{
    private const string Protocol = "v5.channel.k8s.io";
    private const int Piece = 32 * 1024;

    private readonly Uri _server;
    private readonly string _token;
    private readonly X509Certificate2Collection _authorities = [];

    /// <summary>For one of the contexts of a kubeconfig with a token, the first if not said.</summary>
    public RawExec(string kubeconfig, int index = 0)
    {
        var context = new KubeconfigLoader().Load(new KubeconfigSearch { ExplicitPaths = [kubeconfig] }).Contexts[index];
        _authorities.ImportFromPem(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(context.Cluster!.CertificateAuthorityData!)));
        (_server, _token) = (new Uri(context.Cluster.Server!), context.User!.Token!);
    }

    /// <summary>Reads all that a command writes, to nowhere or to a file; returns how many bytes.</summary>
    public async Task<long> ReadAsync(string path, string? file = null)
    {
        using var socket = await OpenAsync(path);
        await using var to = file is null ? Stream.Null : new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        return await DrainAsync(socket, to);
    }

    /// <summary>Gives a command so many zeros, and waits for its end.</summary>
    public async Task WriteAsync(string path, long bytes)
    {
        using var socket = await OpenAsync(path);
        var draining = DrainAsync(socket, Stream.Null);
        var message = new byte[Piece + 1];
        for (; bytes > 0; bytes -= Piece)
            await socket.SendAsync(message.AsMemory(0, (int)Math.Min(bytes, Piece) + 1), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        await socket.SendAsync(new byte[] { 255, 0 }, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        await draining;
    }

    private static async Task<long> DrainAsync(ClientWebSocket socket, Stream to)
    {
        var buffer = new byte[64 * 1024];
        var (bytes, begins) = (0L, true);
        while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
        {
            await to.WriteAsync(buffer.AsMemory(begins ? 1 : 0, part.Count - (begins ? 1 : 0))); // a message begins with its channel
            (bytes, begins) = (bytes + part.Count, part.EndOfMessage);
        }

        return bytes;
    }

    private async Task<ClientWebSocket> OpenAsync(string path)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Protocol);
        socket.Options.SetRequestHeader("Authorization", $"Bearer {_token}");
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
            return chain.Build((X509Certificate2)certificate!);
        };
        await socket.ConnectAsync(new UriBuilder(new Uri(_server, path)) { Scheme = "wss" }.Uri, CancellationToken.None);
        return socket;
    }
}
