using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MultiCluster.Tests.Http;

/// <summary>A proxy on loopback: what its kind of proxy agrees on with the client, then bytes to and fro.</summary>
public abstract class ProxyServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;
    private int _open;

    protected ProxyServer(X509Certificate2? certificate)
    {
        _certificate = certificate;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }

    /// <summary>Where it was asked to lead.</summary>
    public ConcurrentQueue<string> Tunnels { get; } = new();

    /// <summary>What clients showed in TLS: the subjects of their certificates, or nothing.</summary>
    public ConcurrentQueue<string?> ClientCertificates { get; } = new();

    /// <summary>Connections that neither side has ended.</summary>
    public int Open => Volatile.Read(ref _open);

    protected CancellationToken Stopped => _stop.Token;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        _listener.Dispose();
    }

    /// <summary>Finds out where the client wants to go; null when it may not.</summary>
    protected abstract Task<string?> GreetAsync(Stream client);

    /// <summary>Tells the client that it is there.</summary>
    protected abstract Task WelcomeAsync(Stream client);

    private async Task ServeAsync()
    {
        var tunnels = new List<Task>();
        try
        {
            while (true)
                tunnels.Add(TunnelAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
        }

        await Task.WhenAll(tunnels);
    }

    private async Task TunnelAsync(TcpClient client)
    {
        Interlocked.Increment(ref _open);
        try
        {
            using var owned = client;
            await using var stream = await SecureAsync(client.GetStream());
            if (await GreetAsync(stream) is not { } target)
                return;
            Tunnels.Enqueue(target);
            using var server = new TcpClient();
            var colon = target.LastIndexOf(':');
            await server.ConnectAsync(target[..colon], int.Parse(target[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture), _stop.Token);
            await using var far = server.GetStream();
            await WelcomeAsync(stream);
            await Task.WhenAny(stream.CopyToAsync(far, _stop.Token), far.CopyToAsync(stream, _stop.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or AuthenticationException)
        {
        }
        finally
        {
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
                ClientCertificateRequired = true,
#pragma warning disable CA5359 // a test looks at what the client shows, whoever signed it
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            },
            _stop.Token);
        ClientCertificates.Enqueue(tls.RemoteCertificate?.Subject);
        return tls;
    }
}
