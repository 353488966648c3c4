using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Tests.Http;

public sealed class TimeoutTests : ApiClientTests
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_cluster_that_accepts_and_never_answers_costs_the_silence_timeout()
    {
        await using var server = new WireServer(HangAsync);
        var failing = FaultOfAsync(NewClient(server));
        await _asked.Task;

        Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(failing.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(0.2));

        var fault = await failing;
        Assert.Equal((FaultPhase.Timeout, "no answer within 30 s"), (fault.Phase, fault.Detail));
        Assert.Contains("-TimeoutSec", fault.Advice, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_handshake_that_hangs_costs_the_connect_timeout()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var failing = FaultOfAsync(NewClient($"https://127.0.0.1:{port}"));
        using var accepted = await listener.AcceptTcpClientAsync(Cancelled);
        _ = await accepted.GetStream().ReadAsync(new byte[1], Cancelled);

        Time.Advance(TimeSpan.FromSeconds(10));

        var fault = await failing;
        Assert.Equal((FaultPhase.Timeout, $"no connection to 127.0.0.1:{port} within 10 s"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public async Task A_shorter_timeout_bounds_the_connection_too()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var failing = FaultOfAsync(NewClient($"https://127.0.0.1:{port}"), timeouts: Silent(3));
        using var accepted = await listener.AcceptTcpClientAsync(Cancelled);
        _ = await accepted.GetStream().ReadAsync(new byte[1], Cancelled);

        Time.Advance(TimeSpan.FromSeconds(3));

        Assert.EndsWith("within 3 s", (await failing).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_falls_silent_costs_the_silence_timeout()
    {
        await using var server = new WireServer(async exchange =>
        {
            await BeginAsync(exchange);
            await HangAsync(exchange);
        });
        await using var response = await NewClient(server).SendAsync(Pods, null, Cancelled);
        var buffer = new byte[100];
        Assert.Equal(3, await response.Body.ReadAsync(buffer, Cancelled));
        var reading = response.Body.ReadAsync(buffer, Cancelled).AsTask();
        await _asked.Task;

        Time.Advance(TimeSpan.FromSeconds(30));

        var fault = (await Assert.ThrowsAsync<FaultException>(() => reading)).Fault;
        Assert.Equal((FaultPhase.Timeout, "test: cannot list pods: silent for 30 s in the middle of the answer."), (fault.Phase, fault.Message));
    }

    [Fact]
    public async Task A_reader_that_takes_its_time_is_not_the_clusters_fault()
    {
        await using var server = new WireServer(WireServer.Always(200, "{\"a\":1}"));
        await using var response = await NewClient(server).SendAsync(Pods, null, Cancelled);

        Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(7, await response.Body.ReadAtLeastAsync(new byte[100], 7, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task A_body_that_trickles_for_ever_meets_the_bound_of_the_whole_request()
    {
        var more = new SemaphoreSlim(0);
        await using var server = new WireServer(async exchange =>
        {
            await BeginAsync(exchange);
            while (true)
            {
                await more.WaitAsync(exchange.Stopped);
                await exchange.SendAsync("x");
            }
        });
        await using var response = await NewClient(server).SendAsync(Pods, Silent(30), Cancelled);
        var buffer = new byte[100];
        await response.Body.ReadExactlyAsync(buffer.AsMemory(0, 3), Cancelled);

        // 14 reads of 20 s each are within 300 s, the 15th is not.
        for (var i = 0; i < 14; i++)
        {
            var reading = response.Body.ReadAsync(buffer, Cancelled).AsTask();
            Time.Advance(TimeSpan.FromSeconds(20));
            more.Release();
            Assert.Equal(1, await reading);
        }

        var last = response.Body.ReadAsync(buffer, Cancelled).AsTask();
        Time.Advance(TimeSpan.FromSeconds(20));

        var fault = (await Assert.ThrowsAsync<FaultException>(() => last)).Fault;
        Assert.Equal((FaultPhase.Timeout, "the whole request took longer than 300 s"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public async Task The_deadline_ends_the_call_wherever_it_is()
    {
        await using var server = new WireServer(HangAsync);
        var failing = FaultOfAsync(NewClient(server), timeouts: new RequestTimeouts { Deadline = Time.GetUtcNow().AddSeconds(5) });
        await _asked.Task;

        Time.Advance(TimeSpan.FromSeconds(5));

        var fault = await failing;
        Assert.Equal((FaultPhase.Timeout, "the call's deadline passed"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public async Task A_stream_may_be_silent_once_it_has_begun()
    {
        var more = new TaskCompletionSource();
        await using var server = new WireServer(async exchange =>
        {
            await BeginAsync(exchange);
            await more.Task;
            await exchange.SendAsync("event");
        });
        await using var response = await NewClient(server).SendAsync(Pods with { Kind = RequestKind.Stream }, null, Cancelled);
        var buffer = new byte[100];
        await response.Body.ReadExactlyAsync(buffer.AsMemory(0, 3), Cancelled);
        var reading = response.Body.ReadAsync(buffer, Cancelled).AsTask();

        Time.Advance(TimeSpan.FromHours(2));
        more.SetResult();

        Assert.Equal(5, await reading);
    }

    [Fact]
    public async Task A_stream_that_never_begins_costs_the_silence_timeout()
    {
        await using var server = new WireServer(HangAsync);
        var failing = FaultOfAsync(NewClient(server), Pods with { Kind = RequestKind.Stream });
        await _asked.Task;

        Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("no answer within 30 s", (await failing).Detail);
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_and_no_fault()
    {
        await using var server = new WireServer(HangAsync);
        using var stop = new CancellationTokenSource();
        var calling = NewClient(server).GetBytesAsync(Pods, stop.Token);
        await _asked.Task;

        await stop.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling);
        Assert.Equal(stop.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task Timers_are_given_back()
    {
        await using var server = new WireServer(WireServer.Always(200));
        var client = NewClient(server);

        for (var i = 0; i < 20; i++)
            await client.GetBytesAsync(Pods, Cancelled);

        Assert.Equal(0, Time.ActiveTimers);
        Assert.Equal(1, server.Accepted);
    }

    private static RequestTimeouts Silent(int seconds) => new() { Silence = TimeSpan.FromSeconds(seconds) };

    private static Task BeginAsync(WireExchange exchange) =>
        exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{\"a");

    private Task HangAsync(WireExchange exchange)
    {
        _asked.TrySetResult();
        return exchange.HangAsync();
    }
}
