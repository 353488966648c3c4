using System.Threading.Channels;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.FanOut;

public sealed class SortedMergeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_oldest_of_all_sources_leaves_and_nothing_before_every_source_has_shown_something()
    {
        await using var merge = new Merge();
        var (a, b) = (merge.Source(), merge.Source());
        await Merge.WriteAsync(a, 1, 4, 5, 9);
        Assert.Empty(merge.Left);
        await Merge.WriteAsync(b, 2, 3, 6);
        Assert.Equal([1, 2, 3, 4, 5, 6], await merge.TakeAsync(6));
        Assert.Empty(merge.Left);
        a.TryComplete();
        b.TryComplete();
        Assert.Equal([9], await merge.EndAsync());
    }

    [Fact]
    public async Task Any_sources_in_any_pieces_come_out_sorted()
    {
        await using var merge = new Merge();
        var random = new Random(7);
        var sources = Enumerable.Range(0, 20).Select(_ => merge.Source()).ToArray();
        List<long> all = [];
        await Task.WhenAll(sources.Select((source, i) =>
        {
            var times = Enumerable.Range(0, 500).Select(_ => (long)random.Next(10_000)).Order().ToArray();
            all.AddRange(times);
            return WriteAsync(source, times);
        }).ToArray());
        Assert.Equal(all.Order(), await merge.EndAsync());

        async Task WriteAsync(ChannelWriter<FanOutItem> source, long[] times)
        {
            foreach (var piece in times.Chunk(7))
            {
                await Task.Yield();
                await Merge.WriteAsync(source, piece);
            }

            source.TryComplete();
        }
    }

    [Fact]
    public async Task What_is_as_old_as_what_has_left_takes_nothing_newer_along_while_another_source_is_waited_for()
    {
        await using var merge = new Merge();
        var (a, b) = (merge.Source(), merge.Source());
        await Merge.WriteAsync(a, 10);
        await Merge.WriteAsync(b, 10, 20);
        Assert.Equal([10, 10], await merge.TakeAsync(2));
        await Merge.WriteAsync(a, 15);
        Assert.Equal([15], await merge.TakeAsync(1));
        a.TryComplete();
        b.TryComplete();
        Assert.Equal([20], await merge.EndAsync());
    }

    [Fact]
    public async Task A_source_that_stays_silent_is_waited_for_once_and_then_joins_again_when_it_has_caught_up()
    {
        await using var merge = new Merge();
        var (a, silent) = (merge.Source(), merge.Source());
        await Merge.WriteAsync(a, 10, 20, 30);
        Assert.Empty(merge.Left);
        await merge.AdvanceAsync(Patience);
        Assert.Equal([10, 20, 30], await merge.TakeAsync(3));
        await Merge.WriteAsync(silent, 5); // too late: it leaves at once
        Assert.Equal([5], await merge.TakeAsync(1));
        await Merge.WriteAsync(silent, 40);
        await Merge.WriteAsync(a, 50);
        Assert.Equal([40], await merge.TakeAsync(1));
        Assert.Empty(merge.Left); // it has caught up, so that it is waited for again
        silent.TryComplete();
        Assert.Equal([50], await merge.TakeAsync(1));
    }

    [Fact]
    public async Task A_source_that_ends_is_not_waited_for()
    {
        await using var merge = new Merge();
        var (a, b) = (merge.Source(), merge.Source());
        await Merge.WriteAsync(a, 1);
        Assert.Empty(merge.Left);
        b.TryComplete();
        Assert.Equal([1], await merge.TakeAsync(1));
    }

    [Fact]
    public async Task A_source_that_is_far_ahead_waits_for_room_and_holds_no_other_up()
    {
        await using var merge = new Merge();
        var (ahead, behind) = (merge.Source(), merge.Source());
        var written = 0;
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 1000; i++, written++)
                    await Merge.WriteAsync(ahead, 1_000_000 + i);
                ahead.TryComplete();
            },
            Cancelled);
        await TestSession.UntilAsync(() => Volatile.Read(ref written) == SortedMergeSource.Capacity, "its queue is full");
        for (var i = 0; i < 1000; i++)
            await Merge.WriteAsync(behind, i);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), await merge.TakeAsync(1000));
        Assert.InRange(Volatile.Read(ref written), 0, SortedMergeSource.Capacity);
        behind.TryComplete();
        await merge.TakeAsync(1000);
        await writing;
    }

    [Fact]
    public async Task A_cluster_is_done_only_after_the_last_of_its_objects()
    {
        await using var merge = new Merge();
        var other = merge.Source();
        var cluster = merge.Cluster();
        var source = cluster.NewSource();
        await Merge.WriteAsync(source, 5);
        source.TryComplete();
        await cluster.WriteAsync(new FanOutNotice(Merge.Identity, NoticeLevel.Information, "at once"), Cancelled);
        await cluster.WriteAsync(new FanOutDone(Merge.Identity, new FanOutRow { ClusterId = "", ClusterName = "", Outcome = FanOutOutcome.Answered }), Cancelled);
        Assert.IsType<FanOutNotice>(await merge.NextAsync());
        Assert.Empty(merge.Left);
        other.TryComplete();
        Assert.IsType<FanOutObjects<long>>(await merge.NextAsync());
        Assert.IsType<FanOutDone>(await merge.NextAsync());
    }

    [Fact]
    public async Task A_series_that_is_held_back_by_the_window_leaves_as_far_as_it_is_due()
    {
        var output = Channel.CreateUnbounded<FanOutItem>();
        var time = new TestClock();
        var merge = new TimeMerge(output.Writer, Patience, time, Cancelled);
        var (a, b) = (merge.NewQueue(), merge.NewQueue());
        await a.WriteAsync(Merge.Series(1, 3, 3, 8), Cancelled);
        await b.WriteAsync(Merge.Series(2, 3, 4), Cancelled);
        time.Advance(Patience);
        List<long> left = [];
        while (left.Count < 7)
            left.AddRange(((FanOutObjects<long>)await output.Reader.ReadAsync(Cancelled)).Objects);
        Assert.Equal([1, 2, 3, 3, 3, 4, 8], left);
        await merge.DisposeAsync();
    }

    private sealed class Merge : IAsyncDisposable
    {
        private readonly Channel<FanOutItem> _output = Channel.CreateUnbounded<FanOutItem>();
        private readonly TestClock _time = new();
        private readonly SortedMerge _merge;

        public Merge() => _merge = new SortedMerge(_output.Writer, Patience, _time, Cancelled);

        public static ClusterIdentity Identity { get; } = ClusterIdentity.Of("/kube/config", "test");

        /// <summary>What has left and was not taken.</summary>
        public IReadOnlyList<long> Left
        {
            get
            {
                List<long> left = [];
                while (_output.Reader.TryRead(out var item))
                    left.AddRange(((FanOutObjects<long>)item).Objects);
                return left;
            }
        }

        public static FanOutSeries<long> Series(params long[] times) =>
            new(Identity, times, static time => time) { Ticks = times[0], At = new DateTimeOffset(times[0], TimeSpan.Zero) };

        public SortedMergeQueue Cluster() => (SortedMergeQueue)_merge.NewQueue();

        public SortedMergeSource Source() => Cluster().NewSource();

        public static ValueTask WriteAsync(ChannelWriter<FanOutItem> source, params long[] times) => source.WriteAsync(Series(times), Cancelled);

        public async Task AdvanceAsync(TimeSpan by)
        {
            await _time.WhenTimersAsync(1, Cancelled);
            _time.Advance(by);
        }

        public async Task<FanOutItem> NextAsync()
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            return await _output.Reader.ReadAsync(limit.Token);
        }

        public async Task<IReadOnlyList<long>> TakeAsync(int count)
        {
            List<long> taken = [];
            while (taken.Count < count)
                taken.AddRange(((FanOutObjects<long>)await NextAsync()).Objects);
            return taken;
        }

        public async Task<IReadOnlyList<long>> EndAsync()
        {
            await _merge.EndAsync();
            return Left;
        }

        public ValueTask DisposeAsync() => _merge.DisposeAsync();
    }
}
