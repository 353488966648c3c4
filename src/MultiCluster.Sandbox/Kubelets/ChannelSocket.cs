using System.Net.WebSockets;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>A WebSocket whose messages begin with the number of a channel. Sends one message at a time, and waits while its reader is slow.</summary>
internal sealed class ChannelSocket(WebSocket socket) : IDisposable
{
    /// <summary>What a kubelet sends at once.</summary>
    private const int LongestPiece = 32 * 1024;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _sending = new(1);
    private readonly byte[] _message = new byte[LongestPiece + 1];

    /// <summary>A channel as a stream that is written.</summary>
    public ProgramOutput Channel(byte channel) => new((bytes, cancellationToken) => SendAsync(channel, bytes, cancellationToken));

    /// <exception cref="BrokenPipeException">The other side is gone.</exception>
    public async ValueTask SendAsync(byte channel, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        do
        {
            var piece = bytes[..Math.Min(bytes.Length, LongestPiece)];
            bytes = bytes[piece.Length..];
            await _sending.WaitAsync(cancellationToken);
            try
            {
                _message[0] = channel;
                piece.CopyTo(_message.AsMemory(1));
                // A cancelled send would break the connection, and with it the exit that is still to be told.
                await socket.SendAsync(_message.AsMemory(0, piece.Length + 1), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            }
            catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                throw new BrokenPipeException();
            }
            finally
            {
                _sending.Release();
            }
        }
        while (bytes.Length > 0);
    }

    /// <summary>Hands on what comes, until the other side closes or is gone.</summary>
    /// <param name="take">Takes a piece of a channel's message, and whether it is the last.</param>
    /// <param name="cancellationToken">Stops, which ends the connection too.</param>
    public async Task ReceiveAsync(Func<byte, ReadOnlyMemory<byte>, bool, ValueTask> take, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestPiece + 1];
        int channel = -1;
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close) return;
                var piece = buffer.AsMemory(0, received.Count);
                if (channel < 0 && piece.Length > 0)
                {
                    channel = piece.Span[0];
                    piece = piece[1..];
                }
                if (channel >= 0) await take((byte)channel, piece, received.EndOfMessage);
                if (received.EndOfMessage) channel = -1;
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The other side is gone, or this one wants no more.
        }
    }

    /// <summary>Says that nothing more comes, and waits a little for the other side to have read it.</summary>
    /// <param name="receiving">What still receives.</param>
    public async Task CloseAsync(Task receiving)
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            // A connection that is closed with bytes unread is reset, and what was sent last may be lost.
            await receiving.WaitAsync(Farewell);
        }
        catch (Exception e) when (e is WebSocketException or IOException or TimeoutException or ObjectDisposedException)
        {
            // It knows already, or does not want to.
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }
}
