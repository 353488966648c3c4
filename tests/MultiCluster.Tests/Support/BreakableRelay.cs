using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MultiCluster.Tests.Support;

/// <summary>Hands TCP connections on to a server on this machine, until it is broken: then they are dropped, and new ones refused at once.</summary>
internal sealed class BreakableRelay : IAsyncDisposable
{
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly Task _serving;
    private volatile bool _broken;

    public BreakableRelay(Uri target)
    {
        _target = target.Port;
        _listener.Start();
        Address = new UriBuilder(target) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _serving = ServeAsync();
    }

    /// <summary>The server's address by way of the relay.</summary>
    public Uri Address { get; }

    public void Break()
    {
        _broken = true;
        DropAll();
    }

    public void Mend() => _broken = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        DropAll();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> relayed = [];
        try
        {
            while (true)
                relayed.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relayed);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient();
        _open[client] = _open[server] = true;
        try
        {
            if (_broken)
                return;
            await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), _stop.Token),
                server.GetStream().CopyToAsync(client.GetStream(), _stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Dropped.
        }
        finally
        {
            _open.TryRemove(client, out bool _);
            _open.TryRemove(server, out bool _);
        }
    }

    private void DropAll()
    {
        foreach (var connection in _open.Keys)
            connection.Dispose();
    }
}
