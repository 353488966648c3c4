using System.IO.Pipelines;
using System.Net.WebSockets;
using k8s;
using MultiCluster.Api.Channels;

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
    private readonly ChannelSocket _socket = new(socket);
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
    public Task Write(byte index, byte[] buffer, int offset, int count, CancellationToken cancellationToken = default) =>
        _socket.SendAsync(index, buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public Task CloseChannel(ChannelIndex index, CancellationToken cancellationToken = default) => CloseChannel((byte)index, cancellationToken);

    /// <inheritdoc/>
    public Task CloseChannel(byte index, CancellationToken cancellationToken = default) => _socket.SendAsync(PodChannel.Close, new[] { index }, cancellationToken).AsTask();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
    }

    private async Task RunAsync()
    {
        Exception? failure = null;
        try
        {
            while (await _socket.ReadAsync(_stop.Token).ConfigureAwait(false) is { IsEnd: false } part)
            {
                if (ChannelOf(part.Channel, make: false) is { } pipe)
                    await pipe.Writer.WriteAsync(part.Bytes, _stop.Token).ConfigureAwait(false);
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
