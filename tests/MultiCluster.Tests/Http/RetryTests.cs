using System.Net.Http.Headers;
using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Tests.Http;

public sealed class RetryTests : ApiClientTests
{
    private static readonly Fault Unavailable = new() { Phase = FaultPhase.Server, Detail = "x", HttpStatus = 503 };

    [Theory]
    [InlineData(429, 4)]
    [InlineData(503, 4)]
    [InlineData(504, 4)]
    [InlineData(500, 1)]
    [InlineData(409, 1)]
    public async Task Passing_answers_are_asked_for_three_times_more(int status, int requests)
    {
        await using var server = new WireServer(WireServer.Always(status));
        var client = Hasty(server);

        var fault = await FaultOfAsync(client);

        Assert.Equal(status, fault.HttpStatus);
        Assert.Equal(requests, server.Requests.Count);
        Assert.Equal(requests - 1, client.Telemetry.Retries);
    }

    [Fact]
    public async Task A_connection_lost_before_the_answer_is_made_again()
    {
        await using var server = new WireServer(exchange =>
        {
            if (exchange.Number > 2)
                return exchange.AnswerAsync(200);
            exchange.Reset();
            return Task.CompletedTask;
        });

        await Hasty(server).GetBytesAsync(Pods, Cancelled);

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_write_is_sent_once_unless_it_may_be_repeated()
    {
        await using var server = new WireServer(WireServer.Always(503));
        var write = new ApiRequest(HttpMethod.Post, "/api/v1/pods") { Kind = RequestKind.Write };

        await FaultOfAsync(Hasty(server), write);
        Assert.Single(server.Requests);

        await FaultOfAsync(Hasty(server), write with { Method = HttpMethod.Put, Idempotent = true });
        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task A_probe_is_sent_once()
    {
        await using var server = new WireServer(WireServer.Always(503));

        await FaultOfAsync(Hasty(server), Pods with { Kind = RequestKind.Probe });

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_server_says_how_long_to_wait()
    {
        await using var server = new WireServer(exchange => exchange.Number == 1
            ? exchange.AnswerAsync(429, headers: "Retry-After: 7\r\n")
            : exchange.AnswerAsync(200));
        var started = Time.GetUtcNow();
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calling = NewClient(server).GetBytesAsync(Pods with { Observer = _ => answered.TrySetResult() }, Cancelled);
        await answered.Task;

        await AdvanceUntilDoneAsync(calling, TimeSpan.FromMilliseconds(100));

        Assert.True(Time.GetUtcNow() - started >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_call_that_pauses_when_the_client_is_closed_says_that_the_cluster_is_disconnected()
    {
        await using var server = new WireServer(static exchange => exchange.AnswerAsync(503, headers: "Retry-After: 7\r\n"));
        var client = NewClient(server);
        var failing = FaultOfAsync(client);
        await UntilAsync(() => client.Telemetry.Retries == 1);

        await client.DisposeAsync();
        var fault = await AdvanceUntilDoneAsync(failing, TimeSpan.FromSeconds(1));

        Assert.Equal(FaultPhase.ClusterNotSelected, fault.Phase);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(2, 0.5)]
    [InlineData(3, 1)]
    public void Pauses_grow_with_full_jitter(int attempt, double seconds)
    {
        var exchange = new ApiExchange(Pods, new Uri("https://it/"), RequestTimeouts.Default, Time);
        for (var i = 0; i < attempt; i++)
            exchange.NewTimer(Cancelled, Cancelled).Dispose();

        Assert.True(exchange.MayRetry(Unavailable, () => 0.5));

        Assert.Equal(TimeSpan.FromSeconds(seconds), exchange.Pause);
    }

    [Fact]
    public void A_pause_that_does_not_fit_into_the_call_is_not_begun()
    {
        var tight = new ApiExchange(Pods, new Uri("https://it/"), new RequestTimeouts { Deadline = Time.GetUtcNow().AddSeconds(5) }, Time);
        var wide = new ApiExchange(Pods, new Uri("https://it/"), new RequestTimeouts { Silence = TimeSpan.FromSeconds(1) }, Time);

        Assert.False(tight.MayRetry(Unavailable with { RetryAfter = TimeSpan.FromSeconds(5) }, () => 0));
        Assert.True(tight.MayRetry(Unavailable with { RetryAfter = TimeSpan.FromSeconds(4) }, () => 0));
        Assert.False(wide.MayRetry(Unavailable with { RetryAfter = TimeSpan.FromSeconds(10) }, () => 0));
    }

    [Fact]
    public void Retry_After_may_be_a_date()
    {
        var now = Time.GetUtcNow();

        Assert.Equal(TimeSpan.FromSeconds(20), RetryAfter.Of(new RetryConditionHeaderValue(now.AddSeconds(20)), now));
        Assert.Equal(TimeSpan.Zero, RetryAfter.Of(new RetryConditionHeaderValue(now.AddSeconds(-20)), now));
        Assert.Null(RetryAfter.Of(null, now));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(1, Cancelled);
    }

    private ApiClient Hasty(WireServer server) => NewClient(server, options => options with { Random = () => 0 });
}
