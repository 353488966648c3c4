using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace MultiCluster.Sandbox.Connections;

/// <summary>
/// A listener that can be closed and opened again at its port while Kestrel waits on it. A closed one keeps its port
/// bound without listening: connections are refused, and nobody else can take the port.
/// </summary>
internal sealed class ClusterListener : IConnectionListener
{
    private readonly Lock _lock = new();
    private readonly SocketConnectionContextFactory _connections;
    private readonly IPEndPoint _endPoint;
    private Socket _socket;
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isOpen;
    private bool _unbound;

    public ClusterListener(IPEndPoint endPoint, SocketConnectionContextFactory connections)
    {
        _connections = connections;
        _socket = Bind(endPoint);
        _endPoint = (IPEndPoint)_socket.LocalEndPoint!;
        Open();
    }

    public EndPoint EndPoint => _endPoint;

    public void Open()
    {
        lock (_lock)
        {
            if (_isOpen || _unbound) return;
            _socket.Listen(512);
            _isOpen = true;
            _opened.TrySetResult();
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            if (!_isOpen || _unbound) return;
            _isOpen = false;
            _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _socket.Dispose();
            _socket = BindAgain(_endPoint);
        }
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Socket socket;
            Task opened;
            lock (_lock)
            {
                if (_unbound) return null;
                (socket, opened) = (_socket, _opened.Task);
            }
            await opened.WaitAsync(cancellationToken);
            try
            {
                var accepted = await socket.AcceptAsync(cancellationToken);
                accepted.NoDelay = true;
                return _connections.Create(accepted);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Closed meanwhile, or the client was gone before it was accepted.
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _unbound = true;
            _socket.Dispose();
            _opened.TrySetResult();
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    /// <summary>Waits for the port of a socket that was just closed: Windows frees it when what waits there has been given up.</summary>
    private static Socket BindAgain(IPEndPoint endPoint)
    {
        for (var left = 100; ; left--)
        {
            try
            {
                return Bind(endPoint);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied && left > 0)
            {
                Thread.Sleep(10);
            }
        }
    }

    private static Socket Bind(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (!OperatingSystem.IsWindows()) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(endPoint);
        return socket;
    }
}
