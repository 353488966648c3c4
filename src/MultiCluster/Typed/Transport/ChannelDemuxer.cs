using System.IO.Pipelines;
using System.Net.WebSockets;
using k8s;

namespace MultiCluster.Typed.Transport;

/// <summary>
/// The channels of a command in a pod (<c>v4.channel.k8s.io</c>: the first byte of each message says which). Whoever reads slowly slows the
/// socket: what has arrived waits in a bounded pipe, and nothing is dropped. A channel that nobody has asked for is passed over.
/// </summary>
internal sealed class ChannelDemuxer(WebSocket socket) : IStreamDemuxer
{
    private const int Most = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<byte, Pipe> _channels = [];
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;
    private bool _ended;

    /// <inheritdoc/>
    public void Start() => _run = RunAsync();

    /// <inheritdoc/>
    public Stream GetStream(ChannelIndex? inputIndex, ChannelIndex? outputIndex) => GetStream((byte?)inputIndex, (byte?)outputIndex);

    /// <inheritdoc/>
    public Stream GetStream(byte? inputIndex, byte? outputIndex) =>
        new ChannelStream(this, inputIndex is { } input ? ChannelOf(input, make: true)!.Reader.AsStream() : null, outputIndex);

    /// <inheritdoc/>
    public Task Write(ChannelIndex index, byte[] buffer, int offset, int count, CancellationToken cancellationToken = default) =>
        Write((byte)index, buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public async Task Write(byte index, byte[] buffer, int offset, int count, CancellationToken cancellationToken = default)
    {
        // A message is one frame: a frame that goes on in another would not begin with its channel.
        var message = new byte[count + 1];
        message[0] = index;
        buffer.AsSpan(offset, count).CopyTo(message.AsSpan(1));
        await SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task CloseChannel(ChannelIndex index, CancellationToken cancellationToken = default) => CloseChannel((byte)index, cancellationToken);

    /// <inheritdoc/>
    public Task CloseChannel(byte index, CancellationToken cancellationToken = default) => SendAsync([byte.MaxValue, index], cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        socket.Dispose();
        _sending.Dispose();
    }

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task RunAsync()
    {
        Exception? failure = null;
        try
        {
            var buffer = new byte[64 * 1024];
            byte? channel = null;
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), _stop.Token).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                var bytes = buffer.AsMemory(0, part.Count);
                if (channel is null && part.Count > 0)
                {
                    channel = bytes.Span[0];
                    bytes = bytes[1..];
                }

                if (channel is { } index && bytes.Length > 0 && ChannelOf(index, make: false) is { } pipe)
                    await pipe.Writer.WriteAsync(bytes, _stop.Token).ConfigureAwait(false);
                if (part.EndOfMessage)
                    channel = null;
            }
        }
        catch (Exception e)
        {
            // A reader must not take a broken connection for the end of what was written.
            failure = e;
        }
        finally
        {
            End(failure);
        }
    }

    private Pipe? ChannelOf(byte index, bool make)
    {
        lock (_gate)
        {
            if (_channels.TryGetValue(index, out var pipe) || !make)
                return pipe;
            pipe = _channels[index] = new Pipe(new PipeOptions(pauseWriterThreshold: Most, resumeWriterThreshold: Most / 2, useSynchronizationContext: false));
            if (_ended)
                pipe.Writer.Complete();
            return pipe;
        }
    }

    private void End(Exception? failure)
    {
        lock (_gate)
        {
            _ended = true;
            foreach (var pipe in _channels.Values)
                pipe.Writer.Complete(failure);
        }
    }
}
