using MultiCluster.Api.Lists;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Logs;
using MultiCluster.Logs.Streams;

namespace MultiCluster.Tests.Support;

/// <summary>A call that reads logs of every selected cluster, and what it has brought so far.</summary>
internal sealed class TestLogs : IAsyncDisposable
{
    private readonly StreamItems<KubeLogLine> _read = new();
    private readonly LogReader _reader;

    public TestLogs(TestSession session, LogQuery query, TimeProvider? time = null, RequestTimeouts? timeouts = null, int throttle = 32)
    {
        var clusters = session.Pool.Selected;
        var byConnection = clusters.ToDictionary(cluster => cluster.Connection!);
        var clock = time ?? TimeProvider.System;
        _reader = new LogReader(query, clusters.Count, clock, static () => 0);
        var call = new CallContext { Timeouts = timeouts ?? RequestTimeouts.Default, Say = text => session.Said.Enqueue(text) };
        Run = FanOutRun.Start(
            [.. byConnection.Keys],
            new FanOutOptions { Order = _reader.Order, Time = clock, ThrottleLimit = throttle },
            (connection, sink, stop) => _reader.ReadAsync(connection, session.Pool.Namespaces.For(byConnection[connection]), call, sink, stop));
    }

    public FanOutRun Run { get; }

    public IReadOnlyList<FanOutItem> Items => _read.All;

    public IEnumerable<KubeLogLine> Lines => _read.Objects;

    /// <summary>The texts of the lines.</summary>
    public IEnumerable<string> Texts => Lines.Select(line => line.Line);

    public IEnumerable<KubeLogNotice> Notices => _read.Notices.OfType<KubeLogNotice>();

    public IEnumerable<Fault> Faults => _read.Faults;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Reads all logs to their ends.</summary>
    public static async Task<TestLogs> ReadAsync(TestSession session, LogQuery query, RequestTimeouts? timeouts = null)
    {
        await using var logs = new TestLogs(session, query, timeouts: timeouts);
        return await logs.EndAsync();
    }

    public bool Has(LogNoticeType type, string? pod = null) => Notices.Any(notice => notice.Type == type && (pod is null || notice.Pod == pod));

    /// <summary>The lines of one container, or of all of a pod.</summary>
    public IReadOnlyList<string> Of(string pod, string? container = null) =>
        [.. Lines.Where(line => line.Pod == pod && (container is null || line.Container == container)).Select(line => line.Line)];

    /// <summary>Reads until a condition is true; at most twenty seconds.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            try
            {
                _read.Add(await Run.Items.ReadAsync(limit.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
            {
                Assert.Fail($"This did not come true: {what}. Lines: {string.Join(", ", Lines.TakeLast(20))}. Notices: {string.Join("; ", Notices)}. Faults: {string.Join("; ", Faults)}.");
            }
        }
    }

    /// <summary>Reads until so many lines have come.</summary>
    public Task LinesAsync(int count) => UntilAsync(() => Lines.Count() >= count, $"{count} lines");

    /// <summary>Reads until a notice has come.</summary>
    public Task NoticeAsync(LogNoticeType type, string? pod = null) => UntilAsync(() => Has(type, pod), $"{type} of {pod ?? "the cluster"}");

    /// <summary>Reads to the end.</summary>
    public async Task<TestLogs> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            await foreach (var item in Run.Items.ReadAllAsync(limit.Token))
                _read.Add(item);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The call does not end. Notices: {string.Join("; ", Notices)}. Faults: {string.Join("; ", Faults)}.");
        }

        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        _reader.Dispose();
    }
}
