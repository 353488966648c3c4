using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using MultiCluster.Api.Channels;
using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Forwarding;
using MultiCluster.Tests.Http;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Forwarding;

/// <summary>What a server may send, byte for byte, and what becomes of it.</summary>
public sealed class ForwardWireTests
{
    private const string Pod = """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-1","namespace":"web","uid":"u"},"spec":{"containers":[{"name":"app"}]},
         "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_port_at_the_beginning_of_each_channel_is_no_data_however_it_is_cut()
    {
        await using var server = Server(async (socket, stop) =>
        {
            await SayAsync(socket, 0, [0x90], stop);
            await SayAsync(socket, 1, [0x90, 0x1f], stop);
            await SayAsync(socket, 0, [0x1f, (byte)'a'], stop);
            await SayAsync(socket, 0, "b"u8.ToArray(), stop);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, stop);
        });
        await using var session = await SessionAsync(server);
        using var port = await OpenAsync(session);

        Assert.Equal("ab", await ReadAsync(port));

        var head = Assert.Single(server.Requests);
        Assert.StartsWith("GET /api/v1/namespaces/web/pods/web-1/portforward?ports=8080 ", head, StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Protocol: v4.channel.k8s.io", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_node_says_is_the_fault_however_it_is_cut()
    {
        await using var server = Server(async (socket, stop) =>
        {
            await SayAsync(socket, 1, [0x90, 0x1f, .. "error forwarding port 8080: "u8], stop);
            await SayAsync(socket, 0, [0x90, 0x1f, .. "half"u8], stop);
            await SayAsync(socket, 1, "no route"u8.ToArray(), stop);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, stop);
        });
        await using var session = await SessionAsync(server);
        using var port = await OpenAsync(session);

        var fault = (await Assert.ThrowsAsync<FaultException>(() => ReadAsync(port))).Fault;

        Assert.Equal("error forwarding port 8080: no route", fault.Detail);
        Assert.Equal(("it", "forward to port 8080 of pod web/web-1"), (fault.Cluster?.ClusterName, fault.Operation));
    }

    [Theory]
    [InlineData(403, "unable to upgrade: protocol(s) are not supported", FaultPhase.Invalid, "the server forwards no ports over WebSockets")]
    [InlineData(200, "<html>welcome</html>", FaultPhase.Decode, "an HTML page")]
    public async Task A_server_that_makes_no_WebSocket_says_so(int status, string body, FaultPhase phase, string says)
    {
        await using var server = new WireServer(WireServer.Always(status, body, contentType: "text/plain"));
        await using var session = await SessionAsync(server);

        var fault = (await Assert.ThrowsAsync<FaultException>(() => OpenAsync(session))).Fault;

        Assert.Equal(phase, fault.Phase);
        Assert.Contains(says, fault.Detail, StringComparison.Ordinal);
        Assert.NotNull(fault.Advice);
    }

    [Fact]
    public async Task A_WebSocket_that_is_lost_resets_the_client()
    {
        await using var server = Server(async (socket, stop) =>
        {
            await SayAsync(socket, 0, [0x90, 0x1f, .. "half of it"u8], stop);
            socket.Abort();
        });
        await using var session = await SessionAsync(server);
        var forward = (await TestForwards.StartAsync(session, ForwardPods.One)).One;

        Assert.Equal(SocketError.ConnectionReset, await TestForwards.EndAsync(forward));

        Assert.Equal(("half of it".Length, ForwardState.Degraded), (forward.BytesIn, forward.State));
    }

    [Fact]
    public async Task A_client_that_says_nothing_more_is_kept_as_long_as_the_pod_speaks()
    {
        var clock = new TestClock();
        var speak = new SemaphoreSlim(0);
        await using var server = Server(async (socket, stop) =>
        {
            await SayAsync(socket, 0, [0x90, 0x1f], stop);
            while (true)
            {
                await speak.WaitAsync(stop);
                await SayAsync(socket, 0, "x"u8.ToArray(), stop);
            }
        });
        await using var session = await SessionAsync(server, clock);
        var forward = (await TestForwards.StartAsync(session, ForwardPods.One)).One;
        using var client = await TestForwards.ConnectAsync(forward);
        await TestSession.UntilAsync(() => server.Requests.Any(static head => head.Contains("/portforward", StringComparison.Ordinal)), "the pod is reached");
        speak.Release();
        await TestSession.UntilAsync(() => forward.BytesIn == 1, "the pod has spoken");
        var timers = clock.ActiveTimers;
        client.Shutdown(SocketShutdown.Send);
        await clock.WhenTimersAsync(timers + 1, Stop);

        clock.Advance(ForwardConnection.Linger * 0.9);
        speak.Release();
        await TestSession.UntilAsync(() => forward.BytesIn == 2, "the pod has spoken again");
        Assert.Equal(1, forward.OpenConnections);

        await TestSession.UntilAsync(
            () =>
            {
                clock.Advance(ForwardConnection.Linger);
                return forward.OpenConnections == 0;
            },
            "a pod that is silent is left");
        Assert.Null(forward.LastFault);
    }

    private static WireServer Server(Func<WebSocket, CancellationToken, Task> serve) => new(async exchange =>
    {
        if (!exchange.Head.Contains("/portforward?", StringComparison.Ordinal))
        {
            await exchange.AnswerAsync(200, Pod);
            return;
        }

        using var socket = await exchange.UpgradeAsync(ChannelProtocol.V4);
        try
        {
            await serve(socket, exchange.Stopped);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client has gone.
        }
    });

    private static async Task<TestSession> SessionAsync(WireServer server, TimeProvider? time = null)
    {
        var session = TestSession.Of(new { server = server.Url }, options: time is null ? null : options => options with { Time = time });
        await session.SelectAsync("it");
        return session;
    }

    private static Task<PodPort> OpenAsync(TestSession session) => PodPort.OpenAsync(session.Connection("it"), "web", "web-1", 8080, CallContext.Default, Stop);

    private static async Task<string> ReadAsync(PodPort port)
    {
        var all = new StringBuilder();
        while (await port.ReadAsync(Stop) is { IsEmpty: false } bytes)
            all.Append(Encoding.UTF8.GetString(bytes.Span));
        return all.ToString();
    }

    private static Task SayAsync(WebSocket socket, byte channel, byte[] bytes, CancellationToken stop) =>
        socket.SendAsync(new ArraySegment<byte>([channel, .. bytes]), WebSocketMessageType.Binary, endOfMessage: true, stop);
}
