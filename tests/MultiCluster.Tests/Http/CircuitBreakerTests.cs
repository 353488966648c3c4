using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Tests.Http;

public sealed class CircuitBreakerTests : ApiClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Fault NoAnswer = new() { Phase = FaultPhase.Timeout, Detail = "no answer within 30 s" };

    [Fact]
    public async Task A_cluster_that_did_not_answer_is_not_asked_again_at_once()
    {
        var hangs = true;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new WireServer(exchange =>
        {
            asked.TrySetResult();
            return hangs ? exchange.HangAsync() : exchange.AnswerAsync(200);
        });
        var client = NewClient(server);
        var failing = FaultOfAsync(client);
        await asked.Task;
        Time.Advance(Patience);
        await failing;
        hangs = false;

        Time.Advance(TimeSpan.FromSeconds(3));
        var fault = await FaultOfAsync(client, Pods with { Operation = "list nodes" });
        Assert.Equal("test: cannot list nodes: no answer within 30 s (not asked again: it did not answer 3 s ago; next try in 12 s).", fault.Message);
        Assert.Single(server.Requests);

        Time.Advance(TimeSpan.FromSeconds(12));
        await client.GetBytesAsync(Pods, Cancelled);
        Assert.False(client.IsBroken);
    }

    [Fact]
    public async Task A_refused_connection_opens_it_and_a_probe_that_is_answered_closes_it()
    {
        var server = new WireServer(WireServer.Always(404));
        var port = server.Port;
        await server.DisposeAsync();
        var client = NewClient($"http://127.0.0.1:{port}");

        await FaultOfAsync(client);
        Assert.Contains("not asked again", (await FaultOfAsync(client)).Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("not asked again", (await FaultOfAsync(client, Pods with { Kind = RequestKind.Probe })).Detail, StringComparison.Ordinal);
        Assert.True(client.IsBroken);

        client.Reset();
        Assert.False(client.IsBroken);
    }

    [Fact]
    public async Task A_cluster_that_falls_silent_in_its_answers_opens_it_too()
    {
        await using var server = new WireServer(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a");
            await exchange.HangAsync();
        });
        var client = NewClient(server);
        await using var response = await client.SendAsync(Pods, null, Cancelled);
        await response.Body.ReadExactlyAsync(new byte[3], Cancelled);
        var reading = response.Body.ReadAsync(new byte[1], Cancelled).AsTask();

        Time.Advance(Patience);

        await Assert.ThrowsAsync<FaultException>(() => reading);
        Assert.True(client.IsBroken);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_is_an_answer(int status)
    {
        await using var server = new WireServer(WireServer.Always(status));
        var client = NewClient(server, options => options with { Random = () => 0 });

        await FaultOfAsync(client);

        Assert.False(client.IsBroken);
    }

    [Fact]
    public void One_call_at_a_time_finds_out_and_pauses_double_up_to_a_minute()
    {
        var breaker = new CircuitBreaker(Time);
        breaker.Failed(NoAnswer, Patience, Time.GetTimestamp(), asking: false);
        foreach (var pause in (int[])[15, 30, 60, 60])
        {
            Time.Advance(TimeSpan.FromSeconds(pause - 1));
            Assert.Throws<FaultException>(() => breaker.Enter(Patience));
            Time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(breaker.Enter(Patience));
            Assert.EndsWith("it is being asked right now)", Assert.Throws<FaultException>(() => breaker.Enter(Patience)).Fault.Detail, StringComparison.Ordinal);
            breaker.Failed(NoAnswer, Patience, Time.GetTimestamp(), asking: true);
        }
    }

    [Fact]
    public void While_heartbeats_find_it_silent_no_call_has_to()
    {
        var breaker = new CircuitBreaker(Time);
        breaker.Failed(NoAnswer, Patience, Time.GetTimestamp(), asking: false);
        for (var beat = 0; beat < 10; beat++)
        {
            breaker.StillSilent();
            Time.Advance(TimeSpan.FromSeconds(15));
            Assert.Throws<FaultException>(() => breaker.Enter(Patience));
        }
    }

    [Fact]
    public void A_call_that_gives_up_lets_the_next_one_find_out()
    {
        var breaker = new CircuitBreaker(Time);
        breaker.Failed(NoAnswer, Patience, Time.GetTimestamp(), asking: false);
        Time.Advance(TimeSpan.FromSeconds(15));
        Assert.True(breaker.Enter(Patience));

        breaker.Abandoned(asking: true);

        Assert.True(breaker.Enter(Patience));
    }

    [Fact]
    public void A_call_with_more_patience_than_the_one_that_failed_is_sent()
    {
        var breaker = new CircuitBreaker(Time);
        breaker.Failed(NoAnswer, TimeSpan.FromSeconds(1), Time.GetTimestamp(), asking: false);

        Assert.False(breaker.Enter(Patience));
        Assert.Throws<FaultException>(() => breaker.Enter(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_timeout_while_other_calls_were_answered_opens_nothing()
    {
        var breaker = new CircuitBreaker(Time);
        var sent = Time.GetTimestamp();
        Time.Advance(TimeSpan.FromSeconds(10));
        breaker.Answered();
        Time.Advance(TimeSpan.FromSeconds(20));

        breaker.Failed(NoAnswer, Patience, sent, asking: false);

        Assert.False(breaker.IsOpen);
    }
}
