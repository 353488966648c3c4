using System.Buffers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Api.Channels;

/// <summary>
/// Channels over a WebSocket that was opened through the cluster's own client: its TLS, its proxy, its login, its faults. One reader, any
/// number of writers. Who reads slowly slows the other side, and nothing is kept in between.
/// </summary>
internal sealed class ChannelSocket : IDisposable
{
    /// <summary>Bytes of a message that is sent; client-go sends as many.</summary>
    private const int Message = 32 * 1024;

    private const int Buffer = 64 * 1024;

    /// <summary>How often a connection on which nothing is said is kept alive for what stands between.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly WebSocket _socket;
    private readonly IDisposable? _use;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _buffer = new byte[Buffer];
    private byte? _channel;

    /// <summary>Channels over a WebSocket that is open.</summary>
    /// <param name="socket">The WebSocket, which is this one's from now on.</param>
    /// <param name="use">What is given back with it.</param>
    public ChannelSocket(WebSocket socket, IDisposable? use = null) => (_socket, _use) = (socket, use);

    /// <summary>What both sides agreed on.</summary>
    public string Protocol => _socket.SubProtocol ?? "";

    /// <summary>Whether the other side can be told that a channel ends.</summary>
    public bool ClosesChannels => Protocol == ChannelProtocol.V5;

    /// <summary>Asks the server to leave HTTP for a WebSocket.</summary>
    /// <param name="client">The cluster's client.</param>
    /// <param name="request">What is asked; it is sent once.</param>
    /// <param name="protocols">What is offered, the best first.</param>
    /// <param name="timeouts">How long the server may stay silent until then; null for the client's own.</param>
    /// <param name="cancellationToken">Ends the opening, and what was opened.</param>
    /// <exception cref="FaultException">The server refuses, cannot be reached, or does something else.</exception>
    public static async Task<ChannelSocket> OpenAsync(ApiClient client, ApiRequest request, IReadOnlyList<string> protocols, RequestTimeouts? timeouts, CancellationToken cancellationToken)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        request = request with
        {
            Kind = RequestKind.Stream,
            Idempotent = false,
            Upgrades = true,
            KeepsAnswer = true,
            Headers =
            [
                new("Connection", "Upgrade"),
                new("Upgrade", "websocket"),
                new("Sec-WebSocket-Key", key),
                new("Sec-WebSocket-Version", "13"),
                new("Sec-WebSocket-Protocol", string.Join(", ", protocols)),
            ],
        };

        var response = await client.SendAsync(request, timeouts, cancellationToken).ConfigureAwait(false);
        try
        {
            if (Problem(response, key, protocols) is { } problem)
                throw new FaultException(problem with { Operation = request.Operation, Cluster = client.Identity });
            var socket = WebSocket.CreateFromStream(response.Body, new WebSocketCreationOptions { SubProtocol = Header(response, "Sec-WebSocket-Protocol"), KeepAliveInterval = KeepAlive });
            return new ChannelSocket(socket, new Answer(response));
        }
        catch
        {
            await response.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What arrives next. An empty part is none.</summary>
    /// <exception cref="FaultException">The connection ended without a goodbye, or makes no sense.</exception>
    public async ValueTask<ChannelPart> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw ChannelFaults.Lost(e);
            }

            if (part.MessageType == WebSocketMessageType.Close)
                return new ChannelPart(0, default, IsEnd: true);
            ReadOnlyMemory<byte> bytes = _buffer.AsMemory(0, part.Count);
            if (_channel is null && part.Count > 0)
            {
                _channel = bytes.Span[0];
                bytes = bytes[1..];
            }

            var channel = _channel;
            if (part.EndOfMessage)
                _channel = null;
            if (channel is { } index && bytes.Length > 0)
                return new ChannelPart(index, bytes);
        }
    }

    /// <summary>Sends bytes on a channel; ends when the connection has taken them.</summary>
    /// <exception cref="FaultException">The connection has ended.</exception>
    public async ValueTask SendAsync(byte channel, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // A message is one frame: a frame that goes on in another would not begin with its channel.
        var message = ArrayPool<byte>.Shared.Rent(Math.Min(bytes.Length, Message) + 1);
        try
        {
            message[0] = channel;
            do
            {
                var count = Math.Min(bytes.Length, Message);
                bytes[..count].CopyTo(message.AsMemory(1));
                await SendMessageAsync(message.AsMemory(0, count + 1), cancellationToken).ConfigureAwait(false);
                bytes = bytes[count..];
            }
            while (bytes.Length > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    /// <summary>Says that nothing more comes on a channel, where the other side can be told.</summary>
    /// <exception cref="FaultException">The connection has ended.</exception>
    public ValueTask CloseAsync(byte channel, CancellationToken cancellationToken) =>
        ClosesChannels ? SendMessageAsync(new byte[] { PodChannel.Close, channel }, cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Ends the connection.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        _use?.Dispose();
    }

    private async ValueTask SendMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw ChannelFaults.Lost(e);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Why an answer is no WebSocket as it was asked for (RFC 6455, 4.1); null when it is one.</summary>
    private static Fault? Problem(ApiResponse response, string key, IReadOnlyList<string> protocols)
    {
        if (response.Status != 101)
            return ChannelFaults.NotUpgraded(response.Status);
        if (!string.Equals(Header(response, "Upgrade"), "websocket", StringComparison.OrdinalIgnoreCase))
            return ChannelFaults.Handshake("the server leaves HTTP for something else than a WebSocket");
#pragma warning disable CA5350 // RFC 6455 has no other; it proves that the server has read the request, and no more
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        if (Header(response, "Sec-WebSocket-Accept") != accept)
            return ChannelFaults.Handshake("the answer belongs to another WebSocket");
        return Header(response, "Sec-WebSocket-Protocol") is { } protocol && protocols.Contains(protocol, StringComparer.Ordinal)
            ? null
            : ChannelFaults.Handshake($"the server speaks none of the protocols {string.Join(", ", protocols)}");
    }

    private static string? Header(ApiResponse response, string name)
    {
        foreach (var (key, values) in response.Headers)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return values.ToString();
        }

        return null;
    }

    /// <summary>The answer that the WebSocket lies in.</summary>
    private sealed class Answer(ApiResponse response) : IDisposable
    {
        public void Dispose() => response.Body.Dispose();
    }
}
