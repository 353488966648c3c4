using System.Text;
using MultiCluster.FanOut;
using MultiCluster.Logs;
using MultiCluster.Logs.Lines;
using MultiCluster.Tests.Objects.Kinds;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Logs;

public sealed class LogIntakeTests
{
    private static readonly LogSource Source = new(Sample.Cluster, "shop", "web-1", "app");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_that_goes_on_brings_only_what_is_new()
    {
        var log = new Log();
        Assert.Equal(["a", "b"], await log.ReadAsync("12:00:00.1Z a\n12:00:00.2Z b\n"));
        Assert.Equal(["c"], await log.ReadAsync("12:00:00.1Z a\n12:00:00.2Z b\n12:00:00.3Z c\n", resumes: true));
        Assert.Null(log.Intake.TakeGap());
        Assert.True(log.Intake.Progressed);
        Assert.Empty(await log.ReadAsync("12:00:00.2Z b\n12:00:00.3Z c\n", resumes: true));
        Assert.False(log.Intake.Progressed);
    }

    [Fact]
    public async Task A_log_that_was_rotated_meanwhile_has_a_gap_between_the_lines_around_it()
    {
        var log = new Log();
        await log.ReadAsync("12:00:00Z a\n");
        Assert.Equal(["z"], await log.ReadAsync("12:00:09Z z\n", resumes: true));
        var gap = log.Intake.TakeGap()!.Value;
        Assert.Equal(9_000_000_000, gap.To - gap.From);
        Assert.Null(log.Intake.TakeGap());
    }

    [Fact]
    public async Task What_no_filter_lets_pass_counts_all_the_same()
    {
        var log = new Log(new LogFilter([], ["noise"]));
        Assert.Equal(["a"], await log.ReadAsync("12:00:00.1Z a\n12:00:00.2Z noise\n"));
        Assert.Equal(["b"], await log.ReadAsync("12:00:00.2Z noise\n12:00:00.3Z b\n", resumes: true));
        Assert.Null(log.Intake.TakeGap());
    }

    [Fact]
    public async Task The_unfinished_end_of_an_answer_is_a_line_only_when_the_answer_is_complete()
    {
        Assert.Equal(["a"], await new Log().ReadAsync("12:00:00Z a\n12:00:01Z unfin"));
        Assert.Equal(["a", "unfin"], await new Log().ReadAsync("12:00:00Z a\n12:00:01Z unfin", complete: true));
    }

    [Fact]
    public async Task A_line_without_a_time_has_that_of_the_one_before()
    {
        var log = new Log();
        var lines = await log.LinesAsync("12:00:01Z a\nno time\n12:00:02Z b\n");
        Assert.Equal([1, 1, 2], lines.Select(line => line.Timestamp.Second));
    }

    [Fact]
    public async Task The_end_of_a_line_that_was_read_before_is_dropped_from_an_answer_that_goes_on()
    {
        var log = new Log();
        await log.ReadAsync("12:00:01Z a\n");
        Assert.Equal(["b"], await log.ReadAsync("the end of a long line\n12:00:01Z a\n12:00:02Z b\n", resumes: true));
    }

    [Fact]
    public async Task What_a_kubelet_says_in_place_of_lines_is_no_line()
    {
        var log = new Log();
        Assert.Equal(["a"], await log.ReadAsync("12:00:01Z a\nunable to retrieve container logs for containerd://4711\n", complete: true));
        Assert.Equal("unable to retrieve container logs for containerd://4711", log.Intake.Complaint);
    }

    [Fact]
    public async Task Lines_keep_the_logs_order_whatever_their_times_say()
    {
        var log = new Log();
        var series = await log.SeriesAsync("12:00:05Z a\n12:00:01Z b\n12:00:06Z c\n");
        var (due, rest) = series!.Divide(Ticks(5));
        Assert.Equal(["a", "b"], Texts(due));
        Assert.Equal(["c"], Texts(rest!.Whole()));
        Assert.Equal(Ticks(6), rest.Ticks);
        Assert.Equal(Ticks(6), (await log.SeriesAsync("12:00:02Z d\n"))!.Ticks);
    }

    private static long Ticks(int second) => new DateTime(2026, 1, 31, 12, 0, second, DateTimeKind.Utc).Ticks;

    private static IEnumerable<string> Texts(FanOutItem item) => ((FanOutObjects<KubeLogLine>)item).Objects.Select(line => line.Line);

    /// <summary>A log's answers, one after the other. Times are written without their date.</summary>
    private sealed class Log(LogFilter? filter = null)
    {
        private readonly LogSeam _seam = new();
        private LogIntake? _intake;

        public LogIntake Intake => _intake ??= new LogIntake(Source, _seam, filter ?? new LogFilter([], []), new TestClock());

        public async Task<IEnumerable<string>> ReadAsync(string text, bool resumes = false, bool complete = false) =>
            (await LinesAsync(text, resumes, complete)).Select(line => line.Line);

        public async Task<IReadOnlyList<KubeLogLine>> LinesAsync(string text, bool resumes = false, bool complete = false) =>
            await SeriesAsync(text, resumes, complete) is { } series ? ((FanOutObjects<KubeLogLine>)series.Whole()).Objects : [];

        public async Task<FanOutSeries<KubeLogLine>?> SeriesAsync(string text, bool resumes = false, bool complete = false)
        {
            if (resumes)
                _seam.Open();
            Intake.Begin(resumes);
            var bytes = Encoding.UTF8.GetBytes(text.Replace("12:00:", "2026-01-31T12:00:", StringComparison.Ordinal));
            using var reader = new LogLineReader(new MemoryStream(bytes), 1024);
            while (await reader.ReadAsync(Stop))
                Intake.Take(reader);
            if (complete)
                Intake.TakeLast(reader);
            return Intake.TakeSeries();
        }
    }
}
