using MultiCluster.Access;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Access;

public sealed class GraceCacheTests
{
    private readonly TestClock _time = new();
    private readonly GraceCache<string, string> _cache;
    private int _asked;
    private Func<Task<string>>? _server;

    public GraceCacheTests() => _cache = new(_time, AccessReviews.Lifetime, AccessReviews.Grace);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_good_for_two_minutes()
    {
        Assert.Equal("1", await AskAsync());
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal("1", await AskAsync());
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task An_expired_answer_is_used_while_a_new_one_is_fetched()
    {
        await AskAsync();
        var fetching = new TaskCompletionSource<string>();
        _server = () => fetching.Task;
        _time.Advance(TimeSpan.FromSeconds(121));
        Assert.Equal("1", await AskAsync());
        Assert.Equal("1", await AskAsync());
        Assert.Equal(2, _asked);
        fetching.SetResult("new");
        Assert.Equal("new", await AskAsync());
    }

    [Fact]
    public async Task An_expired_answer_serves_for_thirty_seconds_where_the_server_fails_and_no_longer()
    {
        await AskAsync();
        _server = () => Task.FromException<string>(new InvalidOperationException("down"));
        _time.Advance(TimeSpan.FromSeconds(149));
        Assert.Equal("1", await AskAsync());
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<InvalidOperationException>(AskAsync);
        _server = null;
        Assert.NotEqual("1", await AskAsync());
    }

    [Fact]
    public async Task However_many_ask_at_once_the_server_is_asked_once()
    {
        var fetching = new TaskCompletionSource<string>();
        _server = () => fetching.Task;
        var answers = Enumerable.Range(0, 20).Select(_ => AskAsync()).ToArray();
        fetching.SetResult("x");
        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal("x", answer));
        Assert.Equal(1, _asked);
    }

    private Task<string> AskAsync() => _cache.GetAsync(
        "key",
        () =>
        {
            var number = Interlocked.Increment(ref _asked);
            return _server?.Invoke() ?? Task.FromResult($"{number}");
        },
        Cancelled).AsTask();
}
