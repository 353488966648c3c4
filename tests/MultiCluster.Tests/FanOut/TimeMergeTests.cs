using System.Threading.Channels;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.FanOut;

public sealed class TimeMergeTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_wait_for_the_window_and_leave_in_the_order_of_time_over_all_clusters()
    {
        await using var merge = new Merge();
        var (a, b) = (merge.Queue("a"), merge.Queue("b"));
        await a.WriteAsync(merge.Item("a1", at: 10), Cancelled);
        merge.Advance(100);
        await b.WriteAsync(merge.Item("b1", at: 5), Cancelled);
        await b.WriteAsync(merge.Item("b2", at: 20), Cancelled);
        Assert.Empty(merge.Left);
        merge.Advance(150);
        Assert.Equal(["b1", "a1"], await merge.TakeAsync(2));
        Assert.Empty(merge.Left);
        merge.Advance(100);
        Assert.Equal(["b2"], await merge.TakeAsync(1));
    }

    [Fact]
    public async Task What_comes_too_late_leaves_at_once()
    {
        await using var merge = new Merge();
        var (a, b) = (merge.Queue("a"), merge.Queue("b"));
        await a.WriteAsync(merge.Item("a1", at: 0), Cancelled);
        merge.Advance(250);
        Assert.Equal(["a1"], await merge.TakeAsync(1));
        await b.WriteAsync(merge.Item("late", at: -1), Cancelled);
        Assert.Equal(["late"], await merge.TakeAsync(1));
    }

    [Fact]
    public async Task Without_a_window_items_leave_as_they_arrive()
    {
        await using var merge = new Merge(TimeSpan.Zero);
        var (a, b) = (merge.Queue("a"), merge.Queue("b"));
        await a.WriteAsync(merge.Item("a1", at: 10), Cancelled);
        await b.WriteAsync(merge.Item("b1", at: 5), Cancelled);
        await a.WriteAsync(merge.Item("a2", at: 1), Cancelled);
        Assert.Equal(["a1", "b1", "a2"], await merge.TakeAsync(3));
    }

    [Fact]
    public async Task A_cluster_whose_clock_is_fast_delays_nobody_and_spoils_no_order()
    {
        await using var merge = new Merge();
        var (fast, a, b) = (merge.Queue("fast"), merge.Queue("a"), merge.Queue("b"));
        const double now = 3_600_000;
        await fast.WriteAsync(merge.Item("fast", at: now + 300_000), Cancelled);
        merge.Advance(250);
        Assert.Equal(["fast"], await merge.TakeAsync(1));
        merge.Advance(1);
        await a.WriteAsync(merge.Item("a1", at: now + 251), Cancelled);
        Assert.Empty(merge.Left);
        merge.Advance(10);
        await b.WriteAsync(merge.Item("b1", at: now + 250.5), Cancelled);
        merge.Advance(240);
        Assert.Equal(["b1", "a1"], await merge.TakeAsync(2));
    }

    [Fact]
    public async Task A_full_queue_holds_up_its_own_cluster_and_no_other()
    {
        await using var merge = new Merge(Window, room: 1);
        var (a, b) = (merge.Queue("a"), merge.Queue("b"));
        List<Task> written = [];
        for (var i = 0; i < 400; i++)
            written.Add(a.WriteAsync(merge.Item($"a{i}", at: i), Cancelled).AsTask());
        await TestSession.UntilAsync(() => merge.Waiting == 1, "the output is full");
        await TestSession.UntilAsync(() => written.Count(task => task.IsCompleted) is >= FanOutOrder.TimeCapacity and < 300, "the rest of a waits");
        await b.WriteAsync(merge.Item("b1", at: 1000), Cancelled);
        await b.WriteAsync(merge.Item("b2", at: 1001), Cancelled);
        Assert.InRange(written.Count(task => task.IsCompleted), FanOutOrder.TimeCapacity, 300);
        merge.Advance(250);
        await merge.TakeAsync(402);
        await Task.WhenAll(written);
    }

    [Fact]
    public async Task A_burst_is_not_slowed_to_one_queue_per_window_and_keeps_its_order()
    {
        await using var merge = new Merge();
        var a = merge.Queue("a");
        for (var i = 0; i < 10 * FanOutOrder.TimeCapacity; i++)
            await a.WriteAsync(merge.Item($"{i}", at: 0), Cancelled).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
        Assert.Equal(Enumerable.Range(0, 9 * FanOutOrder.TimeCapacity).Select(i => $"{i}"), await merge.TakeAsync(9 * FanOutOrder.TimeCapacity));
    }

    [Fact]
    public async Task What_holds_much_memory_fills_a_queue_sooner()
    {
        await using var merge = new Merge(Window, room: 1);
        var a = merge.Queue("a");
        Assert.True(a.TryWrite(merge.Item("large", at: 0) with { Weight = 1000 }));
        await TestSession.UntilAsync(() => merge.Waiting == 1, "it leaves at once, since it fills the queue alone");
        Assert.True(a.TryWrite(merge.Item("second", at: 0) with { Weight = 1000 }));
        Assert.False(a.TryWrite(merge.Item("third", at: 0)));
    }

    [Fact]
    public async Task With_a_slow_consumer_a_cluster_whose_clock_is_slow_does_not_keep_the_others_from_leaving()
    {
        await using var merge = new Merge(Window, room: 1);
        var (slow, a) = (merge.Queue("slow"), merge.Queue("a"));
        await a.WriteAsync(merge.Item("a1", at: 0), Cancelled);
        merge.Advance(1000);
        var stop = new CancellationTokenSource();
        var flood = Task.Run(
            async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                    await slow.WriteAsync(merge.Item("slow", at: -3_600_000), Cancelled);
            },
            Cancelled);
        await a.WriteAsync(merge.Item("a2", at: 1000), Cancelled);
        merge.Advance(1000);
        var seen = new List<string>();
        while (!seen.Contains("a2"))
        {
            seen.AddRange(await merge.TakeAsync(1));
            merge.Advance(10);
            Assert.InRange(seen.Count, 0, 3 * FanOutOrder.TimeCapacity);
        }

        await stop.CancelAsync();
        merge.Drain();
        await flood;
    }

    [Fact]
    public async Task What_has_no_time_of_its_own_keeps_its_place_in_its_cluster()
    {
        await using var merge = new Merge();
        var a = merge.Queue("a");
        await a.WriteAsync(merge.Item("a1", at: 0), Cancelled);
        await a.WriteAsync(new FanOutNotice(merge.Cluster, NoticeLevel.Information, "notice"), Cancelled);
        merge.Advance(100);
        await a.WriteAsync(merge.Item("a2", at: 50), Cancelled);
        merge.Advance(150);
        Assert.Equal(["a1", "notice"], await merge.TakeAsync(2));
        merge.Advance(100);
        Assert.Equal(["a2"], await merge.TakeAsync(1));
    }

    [Fact]
    public async Task At_the_end_what_is_held_leaves_without_waiting_and_no_timer_stays()
    {
        var merge = new Merge();
        await using var _ = merge;
        var (a, b) = (merge.Queue("a"), merge.Queue("b"));
        await a.WriteAsync(merge.Item("a1", at: 10), Cancelled);
        await b.WriteAsync(merge.Item("b1", at: 5), Cancelled);
        await merge.EndAsync();
        Assert.Equal(["b1", "a1"], merge.Left);
        Assert.Equal(0, merge.Timers);
    }

    [Fact]
    public async Task Newest_first_holds_objects_to_the_end_and_lets_faults_pass()
    {
        var output = Channel.CreateUnbounded<FanOutItem>();
        var merge = new NewestFirstMerge(output.Writer, 3, Cancelled);
        await using var _ = merge;
        var cluster = ClusterIdentity.Of("/kube/config", "test");
        foreach (var at in new[] { 3, 9, 1, 7, 7, 2 })
            await merge.NewQueue().WriteAsync(new FanOutObjects<int>(cluster, [at]) { At = DateTimeOffset.UnixEpoch.AddSeconds(at) }, Cancelled);
        await merge.NewQueue().WriteAsync(new FanOutNotice(cluster, NoticeLevel.Verbose, "passes"), Cancelled);
        Assert.True(output.Reader.TryRead(out var first));
        Assert.IsType<FanOutNotice>(first);
        Assert.False(output.Reader.TryRead(out var _));
        await merge.EndAsync();
        output.Writer.Complete();
        Assert.Equal([9, 7, 7], (await output.Reader.ReadAllAsync(Cancelled).ToListAsync(Cancelled)).Cast<FanOutObjects<int>>().Select(item => item.Objects[0]));
    }

    /// <summary>A merge whose items happened so many milliseconds after a time that is an hour ago.</summary>
    private sealed class Merge : IAsyncDisposable
    {
        private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        private readonly Channel<FanOutItem> _output;
        private readonly TestClock _time = new(Start.AddHours(1));
        private readonly CancellationTokenSource _stop = new();
        private readonly TimeMerge _merge;

        public Merge(TimeSpan? window = null, int? room = null)
        {
            _output = room is { } most ? Channel.CreateBounded<FanOutItem>(most) : Channel.CreateUnbounded<FanOutItem>();
            _merge = new TimeMerge(_output.Writer, window ?? Window, _time, _stop.Token);
        }

        public ClusterIdentity Cluster { get; } = ClusterIdentity.Of("/kube/config", "test");

        public int Timers => _time.ActiveTimers;

        public int Waiting => _output.Reader.Count;

        /// <summary>What has left and was not taken.</summary>
        public IReadOnlyList<string> Left
        {
            get
            {
                List<string> left = [];
                while (_output.Reader.TryRead(out var item))
                    left.Add(Text(item));
                return left;
            }
        }

        public ChannelWriter<FanOutItem> Queue(string _) => _merge.NewQueue();

        public FanOutObjects<string> Item(string text, double at) => new(Cluster, [text]) { At = Start.AddMilliseconds(at) };

        public void Advance(double milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        public async Task EndAsync()
        {
            await _merge.EndAsync();
            await _merge.DisposeAsync();
        }

        public async Task<IReadOnlyList<string>> TakeAsync(int count)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            List<string> taken = [];
            while (taken.Count < count)
                taken.Add(Text(await _output.Reader.ReadAsync(limit.Token)));
            return taken;
        }

        public void Drain() => _ = Task.Run(
            async () =>
            {
                await foreach (var _ in _output.Reader.ReadAllAsync(_stop.Token))
                {
                }
            },
            _stop.Token);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _merge.DisposeAsync();
            _stop.Dispose();
        }

        private static string Text(FanOutItem item) => item is FanOutObjects<string> objects ? objects.Objects[0] : ((FanOutNotice)item).Text;
    }
}
