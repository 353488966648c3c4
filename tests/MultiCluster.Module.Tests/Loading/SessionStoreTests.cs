using MultiCluster.Module.Loading;

namespace MultiCluster.Module.Tests.Loading;

public sealed class SessionStoreTests
{
    private readonly SessionStore<object, Pool> _store = new();

    [Fact]
    public void A_session_keeps_its_value()
    {
        var session = new object();

        var first = _store.Get(session, Create, out var created);
        var second = _store.Get(session, Create, out var createdAgain);

        Assert.Same(first, second);
        Assert.Equal((true, false), (created, createdAgain));
    }

    [Fact]
    public void Two_sessions_share_nothing() => Assert.NotSame(_store.Get(new object(), Create, out _), _store.Get(new object(), Create, out _));

    [Fact]
    public async Task Closing_ends_the_value_and_the_next_is_new()
    {
        var session = new object();
        var pool = _store.Get(session, Create, out _);

        await _store.CloseAsync(session);
        await _store.CloseAsync(session);

        Assert.Equal(1, pool.Disposed);
        Assert.NotSame(pool, _store.Get(session, Create, out _));
    }

    private static Pool Create() => new();

    private sealed class Pool : IAsyncDisposable
    {
        public int Disposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            Disposed++;
            return ValueTask.CompletedTask;
        }
    }
}
