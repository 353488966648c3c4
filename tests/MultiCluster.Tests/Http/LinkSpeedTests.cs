using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Http;

namespace MultiCluster.Tests.Http;

public sealed class LinkSpeedTests : ApiClientTests
{
    private const int MiB = 1024 * 1024;

    private readonly LinkSpeed _link = new();

    [Theory]
    [InlineData(1, false)]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(300, true)]
    public void A_server_that_is_far_is_asked_for_gzip(int milliseconds, bool gzip)
    {
        Assert.True(_link.PrefersGzip, "Nothing is known.");
        Assert.False(_link.IsNear, "Nothing is known.");

        _link.Answered(TimeSpan.FromSeconds(1), opened: false);
        _link.Answered(TimeSpan.FromMilliseconds(milliseconds), opened: false);

        Assert.Equal(gzip, _link.PrefersGzip);
        Assert.Equal(!gzip, _link.IsNear);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void The_first_requests_of_a_process_are_slow_anyway(int milliseconds, bool gzip)
    {
        _link.Answered(TimeSpan.FromSeconds(1), opened: true);
        _link.Answered(TimeSpan.FromMilliseconds(milliseconds), opened: true);

        Assert.Equal(gzip, _link.PrefersGzip);
        Assert.Equal(!gzip, _link.IsNear);
    }

    [Theory]
    [InlineData(7, true, false)]
    [InlineData(8, true, true)]
    [InlineData(7, false, false)]
    public void The_first_bytes_on_a_connection_say_how_far_the_server_is(int milliseconds, bool waited, bool gzip)
    {
        _link.Answered(TimeSpan.FromMilliseconds(50), opened: true);

        _link.Opened(TimeSpan.FromMilliseconds(milliseconds), waited);

        Assert.Equal(gzip, _link.PrefersGzip);
        Assert.Equal(!gzip, _link.IsNear);
    }

    [Fact]
    public void First_bytes_that_were_there_before_a_busy_process_looked_make_no_server_far()
    {
        _link.Answered(TimeSpan.FromMilliseconds(50), opened: true);

        _link.Opened(TimeSpan.FromMilliseconds(100), waited: false);

        Assert.False(_link.PrefersGzip);
    }

    [Fact]
    public void A_request_that_opened_a_connection_and_may_have_gone_out_on_another_makes_no_far_server_near()
    {
        _link.Answered(TimeSpan.FromMilliseconds(20), opened: false);
        _link.Answered(TimeSpan.FromMilliseconds(2), opened: true);

        Assert.True(_link.PrefersGzip);
    }

    [Fact]
    public void A_far_server_whose_gzip_is_slow_is_asked_for_it_all_the_same()
    {
        _link.Answered(TimeSpan.FromMilliseconds(80), opened: false);

        _link.Read(zipped: true, 26 * MiB, TimeSpan.FromSeconds(30));

        Assert.True(_link.PrefersGzip);
    }

    [Fact]
    public void A_near_server_over_a_slow_link_is_asked_for_gzip_and_what_came_faster_stays()
    {
        _link.Answered(TimeSpan.FromMilliseconds(2), opened: false);
        _link.Read(zipped: false, 100 * MiB, TimeSpan.FromSeconds(1));
        Assert.False(_link.PrefersGzip);

        for (var page = 0; page < 5; page++)
            _link.Read(zipped: false, 5 * MiB, TimeSpan.FromSeconds(1));
        Assert.True(_link.PrefersGzip);

        _link.Read(zipped: true, 2 * MiB, TimeSpan.FromSeconds(1));
        Assert.False(_link.PrefersGzip);

        for (var page = 0; page < 5; page++)
            _link.Read(zipped: false, 1 * MiB, TimeSpan.FromSeconds(1));
        Assert.True(_link.PrefersGzip);
    }

    [Fact]
    public void A_small_body_says_nothing_about_a_link()
    {
        _link.Answered(TimeSpan.FromMilliseconds(2), opened: false);

        _link.Read(zipped: false, 100_000, TimeSpan.FromSeconds(10));

        Assert.False(_link.PrefersGzip);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(true, 0)] // TLS waits by a read of no bytes, and then finds them there
    public async Task A_connection_tells_of_its_first_answer_alone_and_whether_it_was_waited_for(bool waited, int bytes)
    {
        var told = new List<(TimeSpan, bool)>();
        var answer = new TaskCompletionSource<int>();
        await using var stream = new TimedStream(new AnsweringStream(() => new ValueTask<int>(answer.Task)), Time, (latency, waits) => told.Add((latency, waits)));
        await stream.WriteAsync(new byte[1], Cancelled);
        Time.Advance(TimeSpan.FromMilliseconds(3));
        if (!waited)
            answer.SetResult(1);
        var reading = stream.ReadAsync(new byte[bytes], Cancelled);
        Time.Advance(TimeSpan.FromMilliseconds(2));
        answer.TrySetResult(bytes);
        await reading;

        await stream.WriteAsync(new byte[1], Cancelled);
        _ = await stream.ReadAsync(new byte[1], Cancelled);

        Assert.Equal([(TimeSpan.FromMilliseconds(waited ? 5 : 3), waited)], told);
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(1, false)]
    public async Task Lists_of_a_far_server_are_asked_for_in_gzip(int milliseconds, bool gzip)
    {
        await using var server = new WireServer(exchange =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            return exchange.AnswerAsync(200, """{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}""");
        });
        var client = NewClient(server);
        await client.GetBytesAsync(Pods with { Kind = RequestKind.Probe }, Cancelled);
        await client.GetBytesAsync(Pods with { Kind = RequestKind.Probe }, Cancelled);
        var lister = new ObjectLister(client, client.Identity!, Time);

        await foreach (var _ in lister.ListAsync(BuiltInKinds.All.First(static kind => kind.Plural == "pods"), new ListQuery(), CallContext.Default, Cancelled))
        {
        }

        Assert.Equal([false, false, gzip], server.Requests.Select(static request => request.Contains("Accept-Encoding: gzip", StringComparison.Ordinal)));
    }

    private sealed class AnsweringStream(Func<ValueTask<int>> read) : PassingStream(Null)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => read();
    }
}
