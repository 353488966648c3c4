using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using MultiCluster.Api.Channels;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Tests.Http;

namespace MultiCluster.Tests.Api.Channels;

/// <summary>Channels over a WebSocket, against servers that do what they like.</summary>
public sealed class ChannelSocketTests : ApiClientTests
{
    private static readonly ApiRequest Exec = new(HttpMethod.Get, "/api/v1/namespaces/web/pods/x/exec?command=ls");
    private static readonly string[] Both = [ChannelProtocol.V5, ChannelProtocol.V4];

    [Fact]
    public async Task A_message_in_many_frames_is_of_one_channel_and_an_empty_one_is_none()
    {
        await using var server = new WireServer(async exchange =>
        {
            using var socket = await exchange.UpgradeAsync(ChannelProtocol.V5);
            await socket.SendAsync(new byte[] { 1 }, WebSocketMessageType.Binary, endOfMessage: true, exchange.Stopped); // as servers begin: every channel, with nothing
            await socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Binary, endOfMessage: true, exchange.Stopped);
            await socket.SendAsync(new byte[] { 2 }, WebSocketMessageType.Binary, endOfMessage: false, exchange.Stopped);
            await socket.SendAsync("one"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: false, exchange.Stopped);
            await socket.SendAsync("two"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, exchange.Stopped);
            await socket.SendAsync("\u0001three"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, exchange.Stopped);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, exchange.Stopped);
        });
        using var channels = await OpenAsync(server);
        var told = new StringBuilder();
        while (await channels.ReadAsync(Cancelled) is { IsEnd: false } part)
            told.Append(CultureInfo.InvariantCulture, $"{part.Channel}:{Encoding.UTF8.GetString(part.Bytes.Span)} ");
        Assert.Equal("2:one 2:two 1:three ", told.ToString());
    }

    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io")]
    public async Task Much_is_sent_in_messages_of_one_frame_and_an_end_only_where_it_is_understood(string protocol)
    {
        var messages = new List<byte[]>();
        var ended = new TaskCompletionSource();
        await using var server = new WireServer(async exchange =>
        {
            using var socket = await exchange.UpgradeAsync(protocol);
            var buffer = new byte[100_000];
            while (!ended.Task.IsCompleted && await socket.ReceiveAsync(buffer.AsMemory(), exchange.Stopped) is { MessageType: WebSocketMessageType.Binary } message)
            {
                Assert.True(message.EndOfMessage);
                messages.Add(buffer[..message.Count]);
                if (buffer[0] == 4)
                    ended.TrySetResult();
            }
        });
        byte[] sent = [.. Enumerable.Range(0, 100_000).Select(static i => (byte)i)];
        using var channels = await OpenAsync(server);
        await channels.SendAsync(0, sent, Cancelled);
        await channels.CloseAsync(0, Cancelled);
        await channels.SendAsync(4, new byte[] { 7 }, Cancelled);
        await ended.Task.WaitAsync(Cancelled);
        Assert.Equal(sent, messages.Where(static message => message[0] == 0).SelectMany(static message => message[1..]));
        Assert.All(messages, static message => Assert.InRange(message.Length, 2, (32 * 1024) + 1));
        Assert.Equal(protocol == ChannelProtocol.V5, messages.Exists(static message => message is [255, 0]));
    }

    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n", "the answer belongs to another WebSocket")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\n\r\n", "the server leaves HTTP for something else than a WebSocket")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", "answered with status 200 in the place of a WebSocket")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 30\r\n\r\n<html><title>Log in</title>...", "answered with an HTML page \"Log in\" (a proxy or a login page?)")]
    public async Task What_is_no_WebSocket_is_a_fault_of_what_answers(string answer, string said)
    {
        await using var server = new WireServer(exchange => exchange.SendAsync(answer));
        var fault = (await Assert.ThrowsAsync<FaultException>(() => OpenAsync(server))).Fault;
        Assert.Equal((FaultPhase.Decode, said), (fault.Phase, fault.Detail));
        Assert.Equal("run it", fault.Operation);
    }

    [Fact]
    public async Task A_protocol_that_nobody_offered_is_refused()
    {
        await using var server = new WireServer(async exchange =>
        {
            using var socket = await exchange.UpgradeAsync("channel.k8s.io");
            await exchange.HangAsync();
        });
        var fault = (await Assert.ThrowsAsync<FaultException>(() => OpenAsync(server))).Fault;
        Assert.Equal("the server speaks none of the protocols v5.channel.k8s.io, v4.channel.k8s.io", fault.Detail);
    }

    [Fact]
    public async Task It_is_asked_for_once_with_the_login_and_a_refusal_says_why()
    {
        await using var server = new WireServer(exchange => exchange.AnswerAsync(503, """{"kind":"Status","status":"Failure","message":"no node","code":503}"""));
        Credential.Tokens.Enqueue("t0ken");
        var fault = (await Assert.ThrowsAsync<FaultException>(() => OpenAsync(server))).Fault;
        Assert.Equal((FaultPhase.Server, 503), (fault.Phase, fault.HttpStatus));
        var head = Assert.Single(server.Requests);
        Assert.Contains("\r\nSec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Bearer t0ken", head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(403, "", true)]
    [InlineData(403, """{"kind":"Status","status":"Failure","reason":"Forbidden","message":"no","code":403}""", false)]
    [InlineData(400, "unable to negotiate protocol: client supports [v5.channel.k8s.io], server accepts [v4.channel.k8s.io]", true)]
    [InlineData(400, "container x is not valid for pod y", false)]
    public async Task A_server_that_knows_no_such_protocol_is_told_from_one_that_refuses(int status, string body, bool unknown)
    {
        await using var server = new WireServer(exchange => exchange.AnswerAsync(status, body, contentType: "text/plain"));
        Assert.Equal(unknown, ChannelFaults.IsUnknownProtocol((await Assert.ThrowsAsync<FaultException>(() => OpenAsync(server))).Fault));
    }

    [Fact]
    public async Task A_connection_that_ends_without_a_goodbye_is_lost()
    {
        await using var server = new WireServer(async exchange =>
        {
            using var socket = await exchange.UpgradeAsync(ChannelProtocol.V5);
            await exchange.SendBytesAsync([0x82, 100, 1, 2, 3]);
            exchange.Reset();
        });
        using var channels = await OpenAsync(server);
        var fault = (await Assert.ThrowsAsync<FaultException>(async () =>
        {
            while (!(await channels.ReadAsync(Cancelled)).IsEnd)
            {
            }
        })).Fault;
        Assert.Equal(FaultPhase.Connect, fault.Phase);
    }

    private Task<ChannelSocket> OpenAsync(WireServer server) => ChannelSocket.OpenAsync(NewClient(server), Exec with { Operation = "run it" }, Both, null, Cancelled);
}
