using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Resources;

namespace MultiCluster.Tests.Support;

/// <summary>A call over every selected cluster that may not end by itself, and what it has brought so far.</summary>
internal class TestStream<T> : IAsyncDisposable
{
    private readonly StreamItems<T> _read = new();
    private readonly IDisposable? _call;

    public TestStream(TestSession session, FanOutOptions options, IDisposable? call, Func<KubeCluster, FanOutSink, CancellationToken, Task> operation)
    {
        var clusters = session.Pool.Selected;
        var byConnection = clusters.ToDictionary(cluster => cluster.Connection!);
        _call = call;
        Run = FanOutRun.Start([.. byConnection.Keys], options, (connection, sink, stop) => operation(byConnection[connection], sink, stop));
    }

    public FanOutRun Run { get; }

    public IReadOnlyList<FanOutItem> Items => _read.All;

    public IEnumerable<T> Objects => _read.Objects;

    public IEnumerable<KubeWatchNotice> Notices => _read.Notices.OfType<KubeWatchNotice>();

    public IEnumerable<Fault> Faults => _read.Faults;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public bool Has(WatchNoticeType type, string? cluster = null) => Count(type, cluster) > 0;

    public int Count(WatchNoticeType type, string? cluster = null) =>
        Notices.Count(notice => notice.Type == type && (cluster is null || notice.ClusterName == cluster));

    /// <summary>Reads until a condition is true; at most twenty seconds.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            try
            {
                Add(await Run.Items.ReadAsync(limit.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
            {
                Assert.Fail($"This did not come true: {what}. Objects: {string.Join(", ", Objects.TakeLast(20))}. Notices: {string.Join("; ", Notices)}. Faults: {string.Join("; ", Faults)}.");
            }
        }
    }

    /// <summary>Takes what a test has read itself.</summary>
    public void Add(FanOutItem item) => _read.Add(item);

    /// <summary>Reads what has arrived, without waiting.</summary>
    public void ReadAll()
    {
        while (Run.Items.TryRead(out var item))
            Add(item);
    }

    /// <summary>Reads to the end.</summary>
    public async Task EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        await foreach (var item in Run.Items.ReadAllAsync(limit.Token))
            Add(item);
    }

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        _call?.Dispose();
    }
}
