using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>One command at the other end of a WebSocket: its streams, its terminal, and how it ended.</summary>
internal sealed class RemoteCommand : IDisposable
{
    private const byte In = 0, Out = 1, Err = 2, Status = 3, Size = 4, Close = 255;

    private readonly ChannelSocket _socket;
    private readonly CommandOptions _options;
    private readonly bool _closesChannels;
    private readonly ProgramPipe _input = new();
    private readonly Terminal? _terminal;
    private readonly MemoryStream _size = new();
    private readonly CancellationTokenSource _gone = new();

    private RemoteCommand(WebSocket socket, CommandOptions options)
    {
        _socket = new ChannelSocket(socket);
        // A terminal has one output.
        _options = options with { Error = options.Error && !options.Terminal };
        _closesChannels = socket.SubProtocol == StreamProtocols.V5;
        if (options.Terminal) _terminal = new Terminal(Written(_options.Output, Out)) { IsRaw = options.LeadsToTerminal };
    }

    /// <summary>Runs something with the streams, and tells how it ended.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="options">Which streams there are.</param>
    /// <param name="run">Runs it, and says how it ended.</param>
    /// <param name="killed">Ends it.</param>
    /// <param name="keepsStatus">True to keep to itself how it ended.</param>
    public static async Task RunAsync(
        WebSocket socket, CommandOptions options, Func<ProgramStreams, CancellationToken, Task<JsonObject>> run, CancellationToken killed, bool keepsStatus = false)
    {
        using var command = new RemoteCommand(socket, options);
        await command.RunAsync(run, keepsStatus, killed);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _size.Dispose();
        _gone.Dispose();
    }

    private async Task RunAsync(Func<ProgramStreams, CancellationToken, Task<JsonObject>> run, bool keepsStatus, CancellationToken killed)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(killed, _gone.Token);
        var receiving = ReceiveAsync();
        try
        {
            // As a kubelet tells that it is there.
            await _socket.SendAsync(_options.Output ? Out : _options.Error ? Err : Status, ReadOnlyMemory<byte>.Empty, ended.Token);
            var input = !_options.Input ? null : _terminal?.Input ?? _input.Input;
            var output = _terminal?.Output ?? Written(_options.Output, Out);
            var status = await run(new ProgramStreams(input, output, _terminal?.Output ?? Written(_options.Error, Err), _terminal), ended.Token);
            if (!keepsStatus) await _socket.SendAsync(Status, JsonSerializer.SerializeToUtf8Bytes(status), CancellationToken.None);
        }
        catch (BrokenPipeException)
        {
            // Nobody is there to be told.
        }
        _input.EndInput();
        _terminal?.Input.Dispose();
        await _socket.CloseAsync(receiving);
    }

    private async Task ReceiveAsync()
    {
        await _socket.ReceiveAsync(TakeAsync, CancellationToken.None);
        EndInput();
        await _gone.CancelAsync();
    }

    private async ValueTask TakeAsync(byte channel, ReadOnlyMemory<byte> piece, bool isLast)
    {
        switch (channel)
        {
            case In when _options.Input:
                try
                {
                    await (_terminal?.TypeAsync(piece, CancellationToken.None) ?? _input.WriteAsync(piece, CancellationToken.None));
                }
                catch (Exception e) when (e is BrokenPipeException or InvalidOperationException)
                {
                    // Nobody reads it any more.
                }
                break;
            case Size when _terminal is not null:
                _size.Write(piece.Span);
                if (isLast) Resize();
                break;
            case Close when _closesChannels && piece.Span is [In]:
                EndInput();
                break;
        }
    }

    private void EndInput()
    {
        _terminal?.End();
        _input.EndOutput();
    }

    private void Resize()
    {
        try
        {
            var size = JsonNode.Parse(_size.ToArray());
            _terminal!.Resize(size?["Width"]?.GetValue<int>() ?? 0, size?["Height"]?.GetValue<int>() ?? 0);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // A kubelet stops to look at sizes then.
        }
        _size.SetLength(0);
    }

    private Stream Written(bool wanted, byte channel) => wanted ? _socket.Channel(channel) : Stream.Null;
}
