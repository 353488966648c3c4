using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Resources;

namespace MultiCluster.Tests.Support;

/// <summary>A watch of every selected cluster.</summary>
internal sealed class TestWatch : TestStream<KubeWatchEvent>
{
    private readonly int _clusters;

    public TestWatch(TestSession session, WatchQuery query, TimeSpan? window = null, TimeProvider? time = null, int throttle = 32, RequestTimeouts? timeouts = null)
        : this(session, new ResourceWatcher(query, session.Pool.Selected.Count, time ?? TimeProvider.System, static () => 0), Options(window, time, throttle), timeouts)
    {
    }

    private TestWatch(TestSession session, ResourceWatcher watcher, FanOutOptions options, RequestTimeouts? timeouts)
        : base(session, options, watcher, (cluster, sink, stop) => watcher.WatchAsync(
            cluster.Connection!, session.Pool.Namespaces.For(cluster), new CallContext { Timeouts = timeouts ?? RequestTimeouts.Default }, sink, stop)) =>
        _clusters = session.Pool.Selected.Count;

    public IEnumerable<KubeWatchEvent> Events => Objects;

    /// <summary>The events as <c>Added name</c>, those of the first list left out.</summary>
    public IEnumerable<string> Changes => Events.Skip(Initial).Select(happened => $"{happened.Type} {happened.Name}");

    /// <summary>Events that <see cref="Changes"/> leaves out.</summary>
    public int Initial { get; private set; }

    /// <summary>Reads until so many watches are connected, one of each cluster unless said otherwise; what came before is the first list.</summary>
    public async Task<TestWatch> ConnectedAsync(int? watches = null)
    {
        var wanted = watches ?? _clusters;
        await UntilAsync(() => Count(WatchNoticeType.Connected) >= wanted, $"{wanted} watches are connected");
        Initial = Events.Count();
        return this;
    }

    /// <summary>Reads until the changes are these.</summary>
    public async Task ChangesAsync(params string[] changes)
    {
        await UntilAsync(() => Changes.Count() >= changes.Length, string.Join(", ", changes));
        Assert.Equal(changes, Changes);
    }

    private static FanOutOptions Options(TimeSpan? window, TimeProvider? time, int throttle) =>
        new() { Order = FanOutOrder.ByTime(window ?? TimeSpan.Zero), Time = time ?? TimeProvider.System, ThrottleLimit = throttle };
}
