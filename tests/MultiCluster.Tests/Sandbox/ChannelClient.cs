using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

/// <summary>A plain WebSocket whose messages begin with a channel's number: the tests of the simulator must not lean on the engine.</summary>
public sealed class ChannelClient : IDisposable
{
    public const string V4 = "v4.channel.k8s.io";
    public const string V5 = "v5.channel.k8s.io";

    // What never comes fails the test, and does not hang it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private ChannelClient()
    {
    }

    public string? Protocol => _socket.SubProtocol;

    public WebSocket Socket => _socket;

    public static async Task<ChannelClient> OpenAsync(ApiClient client, string path, params string[] protocols)
    {
        var channels = new ChannelClient();
        channels._patience.CancelAfter(Patience);
        foreach (var protocol in protocols) channels._socket.Options.AddSubProtocol(protocol);
        var server = new UriBuilder(new Uri(client.Http.BaseAddress!, path)) { Scheme = "wss" };
        await channels._socket.ConnectAsync(server.Uri, client.Http, TestContext.Current.CancellationToken);
        return channels;
    }

    /// <summary>The answer to a request for a WebSocket that is refused.</summary>
    public static async Task<(int Status, string Body)> RefusedAsync(ApiClient client, string path, string protocol, string method = "GET")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        (string, string)[] headers =
        [
            ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("Sec-WebSocket-Protocol", protocol),
        ];
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if (response.StatusCode == System.Net.HttpStatusCode.SwitchingProtocols) return (101, "");
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task SendAsync(byte channel, string text) => SendAsync(channel, Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte channel, byte[] bytes) =>
        _socket.SendAsync((byte[])[channel, .. bytes], WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next message; null at the end.</summary>
    public async Task<(byte Channel, byte[] Bytes)?> ReceiveAsync()
    {
        using var message = new MemoryStream();
        while (true)
        {
            var received = await _socket.ReceiveAsync(_buffer, _patience.Token);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            message.Write(_buffer.AsSpan(0, received.Count));
            if (!received.EndOfMessage) continue;
            var bytes = message.ToArray();
            return (bytes[0], bytes[1..]);
        }
    }

    /// <summary>Reads a channel until what has come is as it should be; returns all of it.</summary>
    public async Task<string> UntilAsync(byte channel, Func<string, bool> isEnough)
    {
        var text = "";
        while (!isEnough(text))
        {
            var message = await ReceiveAsync() ?? throw new InvalidOperationException($"The end came after: {text}");
            if (message.Channel == channel) text += Encoding.UTF8.GetString(message.Bytes);
        }
        return text;
    }

    /// <summary>Reads to the end.</summary>
    public async Task<CommandResult> EndAsync()
    {
        using MemoryStream output = new(), error = new(), status = new();
        while (await ReceiveAsync() is { } message)
            (message.Channel switch { 1 => output, 2 => error, 3 => status, _ => throw new InvalidOperationException($"Channel {message.Channel}.") }).Write(message.Bytes);
        return new CommandResult(output.ToArray(), Encoding.UTF8.GetString(error.ToArray()), status.Length == 0 ? null : JsonNode.Parse(status.ToArray()));
    }

    public void Dispose()
    {
        _socket.Dispose();
        _patience.Dispose();
    }
}

/// <summary>What came of a command.</summary>
public sealed record CommandResult(byte[] Bytes, string Error, JsonNode? Status)
{
    public string Output => Encoding.UTF8.GetString(Bytes);

    public string Message => Status?["message"]?.ToString() ?? "";

    /// <summary>0 for a success; null when the status tells of no exit code.</summary>
    public int? ExitCode => Status?["status"]?.ToString() == "Success" ? 0
        : Status?["reason"]?.ToString() == "NonZeroExitCode" ? int.Parse(Status["details"]!["causes"]![0]!["message"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture)
        : null;
}
