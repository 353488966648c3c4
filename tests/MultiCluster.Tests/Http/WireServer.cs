using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MultiCluster.Tests.Http;

/// <summary>A server on loopback that says, byte for byte, what a test wants it to say.</summary>
public sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<WireExchange, Task> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly bool _asksForCertificate;
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private int _open;
    private int _accepted;

    public WireServer(Func<WireExchange, Task> answer, X509Certificate2? certificate = null, bool asksForCertificate = false)
    {
        _answer = answer;
        _certificate = certificate;
        _asksForCertificate = asksForCertificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}";

    public int Accepted => Volatile.Read(ref _accepted);

    public int Open => Volatile.Read(ref _open);

    /// <summary>What was asked, in order; the request line and headers of each.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Subjects of the client certificates, and names asked for in TLS, in order.</summary>
    public ConcurrentQueue<string> ClientCertificates { get; } = new();

    public ConcurrentQueue<string?> ServerNames { get; } = new();

    /// <summary>Answers every request with the same status and JSON.</summary>
    public static Func<WireExchange, Task> Always(int status, string body = "{}", string headers = "", string contentType = "application/json") =>
        exchange => exchange.AnswerAsync(status, body, headers, contentType);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // It is stopped: before, during or after it waited for the next one.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        Interlocked.Increment(ref _open);
        try
        {
            using var registration = _stop.Token.Register(socket.Dispose);
            await using var stream = await SecureAsync(new NetworkStream(socket, ownsSocket: true));
            var carry = new List<byte>();
            while (await ReadHeadAsync(stream, carry) is { } head)
            {
                Requests.Enqueue(head);
                var exchange = new WireExchange(stream, socket, head, Requests.Count, _stop.Token);
                await exchange.ReadBodyAsync(carry);
                await _answer(exchange);
                if (exchange.IsOver)
                    return;
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
        }
        finally
        {
            socket.Dispose();
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream network)
    {
        if (_certificate is null)
            return network;
        var tls = new SslStream(network);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = _certificate,
                ClientCertificateRequired = _asksForCertificate,
#pragma warning disable CA5359 // a test looks at what the client shows, whoever signed it
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            },
            _stop.Token);
        ServerNames.Enqueue(tls.TargetHostName);
        if (tls.RemoteCertificate is { } client)
            ClientCertificates.Enqueue(client.Subject);
        return tls;
    }

    private static async Task<string?> ReadHeadAsync(Stream stream, List<byte> carry)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. carry]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                carry.RemoveRange(0, Encoding.UTF8.GetByteCount(text[..(end + 4)]));
                return text[..end];
            }

            var read = await stream.ReadAsync(buffer);
            if (read == 0)
                return null;
            carry.AddRange(buffer[..read]);
        }
    }
}

/// <summary>One request at a <see cref="WireServer"/>.</summary>
public sealed class WireExchange(Stream stream, Socket socket, string head, int number, CancellationToken stopped)
{
    /// <summary>1 for the server's first request.</summary>
    public int Number => number;

    public string Head => head;

    public string Body { get; private set; } = "";

    public bool IsOver { get; private set; }

    /// <summary>Cancelled when the server goes down.</summary>
    public CancellationToken Stopped => stopped;

    public async Task ReadBodyAsync(List<byte> carry)
    {
        var length = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line ? int.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture) : 0;
        var buffer = new byte[4096];
        while (carry.Count < length)
        {
            var read = await stream.ReadAsync(buffer, stopped);
            carry.AddRange(buffer[..read]);
        }

        Body = Encoding.UTF8.GetString([.. carry[..length]]);
        carry.RemoveRange(0, length);
    }

    public Task AnswerAsync(int status, string body = "{}", string headers = "", string contentType = "application/json") =>
        SendAsync($"HTTP/1.1 {status} {(HttpStatusCode)status}\r\nContent-Type: {contentType}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public Task SendAsync(string text) => SendBytesAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendBytesAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, stopped);
        await stream.FlushAsync(stopped);
    }

    /// <summary>Leaves HTTP for a WebSocket.</summary>
    public async Task<WebSocket> UpgradeAsync(string protocol)
    {
        IsOver = true;
        var key = head.Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))[18..].Trim();
#pragma warning disable CA5350 // so RFC 6455 says
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await SendAsync($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: {protocol}\r\n\r\n");
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = protocol });
    }

    /// <summary>Says nothing more until the server goes down or the client leaves.</summary>
    public async Task HangAsync()
    {
        IsOver = true;
        _ = await stream.ReadAsync(new byte[1], stopped);
    }

    /// <summary>Closes the connection in an orderly way.</summary>
    public void Close() => IsOver = true;

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        IsOver = true;
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
