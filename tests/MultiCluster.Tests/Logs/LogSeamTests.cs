using MultiCluster.Logs.Lines;

namespace MultiCluster.Tests.Logs;

public sealed class LogSeamTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_769_860_800 * Second;

    [Fact]
    public void Before_the_first_line_a_stream_begins_at_the_beginning()
    {
        var seam = new LogSeam();
        Assert.Null(seam.Open());
        Assert.False(seam.IsRepeat(Start, 1));
        Assert.False(seam.FoundGap);
    }

    [Fact]
    public void A_stream_begins_a_second_before_the_last_line_cut_to_seconds()
    {
        var seam = new LogSeam();
        seam.Add(Start + (5 * Second) + 999_999_999, 1);
        Assert.Equal((Start / Second) + 4, seam.Open());
    }

    [Fact]
    public void Equal_lines_are_counted_not_only_recognised()
    {
        var seam = new LogSeam();
        for (var i = 0; i < 3; i++)
            seam.Add(Start, 7);
        seam.Open();
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => seam.IsRepeat(Start, 7)));
        Assert.False(seam.FoundGap);
    }

    [Fact]
    public void Another_text_at_the_same_time_is_another_line()
    {
        var seam = new LogSeam();
        seam.Add(Start, 7);
        seam.Open();
        Assert.True(seam.IsRepeat(Start, 7));
        Assert.False(seam.IsRepeat(Start, 8));
    }

    [Fact]
    public void A_log_that_no_longer_holds_the_last_line_has_a_gap_that_is_found_once()
    {
        var seam = new LogSeam();
        seam.Add(Start, 1);
        seam.Open();
        Assert.False(seam.IsRepeat(Start + Second, 2));
        Assert.True(seam.FoundGap);
        seam.Add(Start + Second, 2);
        Assert.False(seam.IsRepeat(Start + (2 * Second), 3));
        Assert.False(seam.FoundGap);
    }

    [Fact]
    public void A_log_rotated_before_the_last_line_has_no_gap()
    {
        var seam = new LogSeam();
        for (ulong i = 0; i < 10; i++)
            seam.Add(Start + (long)i, i);
        seam.Open();
        Assert.True(seam.IsRepeat(Start + 9, 9));
        Assert.False(seam.IsRepeat(Start + 10, 10));
        Assert.False(seam.FoundGap);
    }

    [Fact]
    public void A_server_that_ignores_the_time_repeats_everything_and_nothing_comes_twice()
    {
        var seam = new LogSeam();
        for (var i = 0; i < 100; i++)
            seam.Add(Start + (i * Second), (ulong)i);
        seam.Open();
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(seam.IsRepeat(Start + (i * Second), (ulong)i)));
        Assert.False(seam.IsRepeat(Start + (100 * Second), 100));
        Assert.False(seam.FoundGap);
    }

    [Fact]
    public void The_next_instances_log_is_new_from_its_first_line_whatever_its_clock_says()
    {
        var seam = new LogSeam();
        seam.Add(Start, 1);
        seam.OpenAtStart();
        Assert.False(seam.IsRepeat(Start - (3600 * Second), 1));
        Assert.False(seam.FoundGap);
        seam.Add(Start - (3600 * Second), 1);
        Assert.False(seam.IsRepeat(Start + 1, 1));
    }

    [Fact]
    public void An_instance_that_was_read_before_its_status_told_of_it_is_recognised()
    {
        var seam = new LogSeam();
        seam.Add(Start, 1);
        seam.Add(Start + 1, 2);
        seam.OpenAtStart();
        Assert.Equal([true, true, false], new[] { (0, 1), (1, 2), (2, 3) }.Select(line => seam.IsRepeat(Start + line.Item1, (ulong)line.Item2)));
    }

    [Theory]
    [InlineData(1, 4096)]
    [InlineData(2, 4096)]
    [InlineData(3, 16)] // fewer lines than a second has
    [InlineData(4, 1)]
    public void Cut_anywhere_and_joined_again_a_log_is_what_it_was(int seed, int capacity)
    {
        var log = Log(new Random(seed), 300);
        for (var cut = 0; cut <= log.Length; cut++)
            AssertJoined(log, [cut], capacity);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Cut_often_and_joined_each_time_a_log_is_what_it_was(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 300; run++)
        {
            var log = Log(random, 120);
            AssertJoined(log, [.. Enumerable.Range(0, 6).Select(_ => random.Next(log.Length + 1)).Order()], random.Next(2) == 0 ? 4096 : 8);
        }
    }

    [Fact]
    public void Once_a_clock_has_been_set_back_no_line_is_lost_or_comes_twice()
    {
        SeamLine[] log = [.. Enumerable.Range(0, 200).Select(i => new SeamLine(Start + ((i < 100 ? i : i - 60) * Second / 4), (ulong)i))];
        for (var cut = 101; cut <= log.Length; cut++)
            AssertJoined(log, [cut], 4096);
    }

    [Fact]
    public void As_many_lines_are_remembered_as_may_come_again_and_never_more_than_the_capacity()
    {
        var ring = new LineRing(1000);
        for (var i = 0; i < 100_000; i++)
            ring.Add(new SeamLine(i, 1), keepFrom: i - 99);
        Assert.InRange(ring.Count, 100, 200);
        for (var i = 0; i < 100_000; i++)
            ring.Add(new SeamLine(200_000, (ulong)i), keepFrom: 0);
        Assert.Equal(1000, ring.Count);
        Assert.Equal(Enumerable.Range(99_000, 1000).Select(i => (ulong)i), Hashes(ring));
    }

    /// <summary>Equal times, equal lines, times that go back by less than a second, and pauses.</summary>
    private static SeamLine[] Log(Random random, int length)
    {
        var log = new SeamLine[length];
        var time = Start;
        for (var i = 0; i < length; i++)
        {
            time += random.Next(10) switch
            {
                < 4 => 0,
                < 9 => random.NextInt64(Second / 5),
                _ => random.NextInt64(5 * Second),
            };
            var jitter = random.Next(4) == 0 ? -random.NextInt64(Second) : 0;
            log[i] = new SeamLine(time + jitter, (ulong)random.Next(2));
            if (i > 0 && random.Next(5) == 0)
                log[i] = log[i - 1];
        }

        return log;
    }

    private static List<ulong> Hashes(LineRing ring)
    {
        List<ulong> hashes = [];
        foreach (var line in ring)
            hashes.Add(line.Hash);
        return hashes;
    }

    /// <summary>Reads a log in streams that break at <paramref name="cuts"/>, as a kubelet serves them: from a whole second on.</summary>
    private static void AssertJoined(SeamLine[] log, int[] cuts, int capacity)
    {
        var seam = new LogSeam(capacity);
        List<SeamLine> read = [];
        foreach (var end in cuts.Append(log.Length))
        {
            var from = seam.Open();
            foreach (var line in log[..end].Where(line => from is null || line.Nanoseconds >= from * Second))
            {
                if (seam.IsRepeat(line.Nanoseconds, line.Hash))
                    continue;
                Assert.False(seam.FoundGap);
                seam.Add(line.Nanoseconds, line.Hash);
                read.Add(line);
            }
        }

        Assert.Equal(log, read);
    }
}
