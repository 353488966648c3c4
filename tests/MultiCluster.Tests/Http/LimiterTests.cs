using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Tests.Http;

public sealed class LimiterTests : ApiClientTests
{
    [Fact]
    public async Task A_burst_goes_at_once_and_the_rest_at_the_rate()
    {
        using var limiter = new RequestLimiter(new RequestLimits(10, 3, 100), Time);
        for (var i = 0; i < 3; i++)
            Assert.True(Turn(limiter).IsCompleted);
        var fourth = Turn(limiter);
        var fifth = Turn(limiter);

        Time.Advance(TimeSpan.FromMilliseconds(100));
        using var lease = await fourth;
        Assert.False(fifth.IsCompleted);

        Time.Advance(TimeSpan.FromMilliseconds(100));
        using var last = await fifth;
    }

    [Fact]
    public async Task Evictions_have_a_rate_of_their_own_unless_all_requests_share_one()
    {
        using var limiter = new RequestLimiter(new RequestLimits(10, 1, 100) { EvictionsPerSecond = 2 }, Time);
        Assert.True(Turn(limiter).IsCompleted);
        Assert.False(Turn(limiter).IsCompleted);
        Assert.True(Turn(limiter, isEviction: true).IsCompleted);
        Assert.True(Turn(limiter, isEviction: true).IsCompleted);
        var third = Turn(limiter, isEviction: true);
        Assert.False(third.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(500));
        using var lease = await third;

        limiter.Set(new RequestLimits(10, 1, 100));
        Time.Advance(TimeSpan.FromHours(1));
        Assert.True(Turn(limiter).IsCompleted);
        Assert.False(Turn(limiter, isEviction: true).IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_shares_out_its_time_is_asked_at_no_rate_unless_the_user_has_set_one(bool yields)
    {
        using var limiter = new RequestLimiter(new RequestLimits(1, 1, 2) { YieldsToServer = yields }, Time);
        using var first = await limiter.AcquireAsync(false, Cancelled);

        limiter.ServerShares();

        Assert.Equal(yields, Turn(limiter).IsCompleted);
    }

    [Fact]
    public async Task A_server_says_by_a_flow_schema_that_it_shares_out_its_time()
    {
        await using var server = new WireServer(static exchange => exchange.AnswerAsync(200, "{}", "X-Kubernetes-PF-FlowSchema-UID: 1\r\n"));
        var client = NewClient(server, options => options with { Limits = new RequestLimits(1, 1, 2) { YieldsToServer = true } });

        await client.GetBytesAsync(Pods, Cancelled);

        await client.GetBytesAsync(Pods, Cancelled); // the clock of the test stands still
    }

    [Fact]
    public void A_rest_fills_the_burst_again_and_no_more()
    {
        using var limiter = new RequestLimiter(new RequestLimits(10, 3, 100), Time);
        for (var i = 0; i < 3; i++)
            Assert.True(Turn(limiter).IsCompleted);

        Time.Advance(TimeSpan.FromHours(1));

        for (var i = 0; i < 3; i++)
            Assert.True(Turn(limiter).IsCompleted);
        Assert.False(Turn(limiter).IsCompleted);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_gives_its_turn_and_its_place_back()
    {
        using var limiter = new RequestLimiter(new RequestLimits(1, 1, 2), Time);
        using var first = await limiter.AcquireAsync(false, Cancelled);
        using var stop = new CancellationTokenSource();
        var waiting = limiter.AcquireAsync(false, stop.Token).AsTask();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(Turn(limiter).IsCompleted);
    }

    [Fact]
    public async Task New_limits_hold_from_the_next_request_on()
    {
        using var limiter = new RequestLimiter(new RequestLimits(1, 1, 1), Time);
        using var first = await limiter.AcquireAsync(false, Cancelled);

        limiter.Set(new RequestLimits(1000, 1000, 2));

        Assert.True(Turn(limiter).IsCompleted);
    }

    [Fact]
    public async Task A_place_is_kept_until_the_answer_is_read_and_a_stream_keeps_none()
    {
        await using var server = new WireServer(WireServer.Always(200, "{\"a\":1}"));
        var client = NewClient(server, options => options with { Limits = new RequestLimits(50, 100, 1) });
        await using var stream = await client.SendAsync(Pods with { Kind = RequestKind.Stream }, null, Cancelled);
        await using var first = await client.SendAsync(Pods, null, Cancelled);
        var second = client.SendAsync(Pods, null, Cancelled);
        Assert.False(second.IsCompleted);

        await first.Body.ReadExactlyAsync(new byte[7], Cancelled);
        Assert.Equal(0, await first.Body.ReadAsync(new byte[1], Cancelled));

        await (await second).DisposeAsync();
    }

    [Fact]
    public async Task Waiting_for_a_turn_is_bounded_by_the_call()
    {
        await using var server = new WireServer(WireServer.Always(200, "{\"a\":1}"));
        var client = NewClient(server, options => options with { Limits = new RequestLimits(50, 100, 1) });
        await using var first = await client.SendAsync(Pods, null, Cancelled);
        var failing = FaultOfAsync(client);

        Time.Advance(TimeSpan.FromSeconds(300));

        var fault = await failing;
        Assert.Equal((FaultPhase.Timeout, "no turn within 300 s: too many requests to this cluster are waiting"), (fault.Phase, fault.Detail));
        Assert.False(client.IsBroken);
    }

    private static Task<System.Threading.RateLimiting.RateLimitLease> Turn(RequestLimiter limiter, bool isEviction = false) => limiter.AcquireAsync(isEviction, Cancelled).AsTask();
}
