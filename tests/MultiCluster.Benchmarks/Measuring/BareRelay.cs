using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>
/// The reference of a port forward: a listener and for each connection a ClientWebSocket, with the least that leads bytes both ways. It knows
/// no faults, no limits and no other pod.
/// </summary>
internal sealed class BareRelay : IAsyncDisposable
{
    private const int Buffer = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpClient _http;
    private readonly Uri _uri;
    private readonly Task _accepting;

    /// <param name="http">Reaches the server.</param>
    /// <param name="path">The pod's port there.</param>
    public BareRelay(HttpClient http, string path)
    {
        _http = http;
        _uri = new UriBuilder(new Uri(http.BaseAddress!, path)) { Scheme = "wss" }.Uri;
        _listener.Start(512);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is stopped.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var socket = new ClientWebSocket();
        using var stop = new CancellationTokenSource();
        socket.Options.AddSubProtocol("v4.channel.k8s.io");
        try
        {
            client.NoDelay = true;
            await socket.ConnectAsync(_uri, _http, CancellationToken.None);
            var (down, up) = (DownAsync(socket, client, stop.Token), UpAsync(client, socket, stop.Token));
            await Task.WhenAny(down, up);
            await stop.CancelAsync(); // a socket that is closed while it is read is reset
            await Task.WhenAll(down, up);
        }
        catch (Exception e) when (e is SocketException or WebSocketException or HttpRequestException or OperationCanceledException)
        {
            // One side is gone.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static async Task DownAsync(ClientWebSocket socket, Socket client, CancellationToken stop)
    {
        var buffer = new byte[Buffer];
        var begins = true;
        for (var skip = 2; ;)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
            if (part.MessageType == WebSocketMessageType.Close)
                return;
            var bytes = buffer.AsMemory(0, part.Count);
            var isData = bytes.Length > 0 && (!begins || bytes.Span[0] == 0);
            if (begins)
                bytes = bytes[1..];
            begins = part.EndOfMessage;
            if (!isData)
                continue;
            var skipped = Math.Min(skip, bytes.Length);
            skip -= skipped;
            await client.SendAsync(bytes[skipped..], SocketFlags.None, stop);
        }
    }

    private static async Task UpAsync(Socket client, ClientWebSocket socket, CancellationToken stop)
    {
        var buffer = new byte[Buffer];
        while (await client.ReceiveAsync(buffer.AsMemory(1), SocketFlags.None, stop) is var count and > 0)
            await socket.SendAsync(buffer.AsMemory(0, count + 1), WebSocketMessageType.Binary, true, stop);
    }
}
