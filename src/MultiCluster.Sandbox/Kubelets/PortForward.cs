using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>Ports of a pod at the other end of a WebSocket: two channels for each, data and errors, which begin with the port.</summary>
internal sealed class PortForward : IDisposable
{
    private readonly ChannelSocket _socket;
    private readonly Func<int, CancellationToken, ValueTask<Stream>> _connect;
    private readonly string _pod;
    private readonly (int Port, ProgramPipe Sent)[] _ports;
    private readonly CancellationTokenSource _gone = new();

    private PortForward(WebSocket socket, string pod, IReadOnlyList<int> ports, Func<int, CancellationToken, ValueTask<Stream>> connect)
    {
        (_socket, _pod, _connect) = (new ChannelSocket(socket), pod, connect);
        _ports = [.. ports.Select(port => (port, new ProgramPipe()))];
    }

    /// <param name="socket">The connection.</param>
    /// <param name="pod">What the runtime calls the pod.</param>
    /// <param name="ports">The ports, in the order of their channels.</param>
    /// <param name="connect">Connects to one; an <see cref="IOException"/> says why not.</param>
    /// <param name="ended">The pod is gone.</param>
    public static async Task RunAsync(
        WebSocket socket, string pod, IReadOnlyList<int> ports, Func<int, CancellationToken, ValueTask<Stream>> connect, CancellationToken ended)
    {
        using var forward = new PortForward(socket, pod, ports, connect);
        await forward.RunAsync(ended);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _gone.Dispose();
    }

    private async Task RunAsync(CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, _gone.Token);
        var receiving = ReceiveAsync();
        try
        {
            for (var i = 0; i < _ports.Length; i++)
            {
                var port = new byte[2];
                BinaryPrimitives.WriteUInt16LittleEndian(port, (ushort)_ports[i].Port);
                await _socket.SendAsync((byte)(2 * i), port, either.Token);
                await _socket.SendAsync((byte)((2 * i) + 1), port, either.Token);
            }
            await Task.WhenAll(_ports.Select((_, i) => ForwardAsync(i, either.Token)));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // One side is gone.
        }
        foreach (var (_, sent) in _ports) sent.EndInput();
        await _socket.CloseAsync(receiving);
    }

    private async Task ForwardAsync(int index, CancellationToken cancellationToken)
    {
        var (port, sent) = _ports[index];
        try
        {
            await using var connection = await _connect(port, cancellationToken);
            // Whoever closes first ends it: channels have no half.
            await Task.WhenAny(CopyAsync(sent.Input, connection, cancellationToken), CopyAsync(connection, _socket.Channel((byte)(2 * index)), cancellationToken));
        }
        catch (IOException e)
        {
            var message = $"error forwarding port {port} to pod {_pod}, uid : {e.Message}";
            await _socket.SendAsync((byte)((2 * index) + 1), Encoding.UTF8.GetBytes(message), CancellationToken.None);
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        try
        {
            await from.CopyToAsync(to, 32 * 1024, cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone.
        }
    }

    private async Task ReceiveAsync()
    {
        await _socket.ReceiveAsync(TakeAsync, CancellationToken.None);
        await _gone.CancelAsync();
    }

    private async ValueTask TakeAsync(byte channel, ReadOnlyMemory<byte> piece, bool isLast)
    {
        if (channel % 2 != 0 || channel / 2 >= _ports.Length) return;
        try
        {
            await _ports[channel / 2].Sent.WriteAsync(piece, CancellationToken.None);
        }
        catch (Exception e) when (e is BrokenPipeException or InvalidOperationException)
        {
            // Nobody reads it any more.
        }
    }
}
