using MultiCluster.Logs;
using MultiCluster.Logs.Lines;
using MultiCluster.Tests.Objects.Kinds;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Logs;

public sealed class LogPositionTests
{
    private const long Noon = 1769860800;
    private const string Path = "/api/v1/namespaces/shop/pods/web-1/log?timestamps=true&container=app";

    private static readonly LogSource Source = new(Sample.Cluster, "shop", "web-1", "app");

    private readonly TestClock _time = new();

    [Fact]
    public void The_first_request_asks_for_what_the_query_wants()
    {
        Assert.Equal(Path, Of(new LogQuery()).Next(follow: false).Path);
        Assert.Equal(Path + "&follow=true&sinceSeconds=90&tailLines=10", Of(new LogQuery { Since = TimeSpan.FromSeconds(90), Tail = 10 }).Next(follow: true).Path);
        Assert.Equal(Path + "&sinceSeconds=1", Of(new LogQuery { Since = TimeSpan.FromMilliseconds(1) }).Next(follow: false).Path);
        Assert.Equal(
            Path + "&previous=true&sinceTime=2026-01-31T12:00:00Z",
            Of(new LogQuery { SinceTime = DateTimeOffset.FromUnixTimeMilliseconds((Noon * 1000) + 900) }).Next(follow: false, previous: true).Path);
    }

    [Fact]
    public void Once_lines_have_come_it_goes_on_a_second_before_the_last_whatever_the_query_wants()
    {
        var position = Of(new LogQuery { Since = TimeSpan.FromSeconds(90), Tail = 10 });
        position.Seam.Add((Noon + 1) * 1_000_000_000, 1);
        var request = position.Next(follow: true);
        Assert.Equal(Path + "&follow=true&sinceTime=2026-01-31T12:00:00Z", request.Path);
        Assert.True(request.Resumes);
    }

    [Fact]
    public void A_tail_that_was_empty_goes_on_with_what_has_come_since()
    {
        var position = Of(new LogQuery { Tail = 0 });
        Assert.Equal(Path + "&follow=true&tailLines=0", position.Next(follow: true).Path);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Path + "&follow=true&tailLines=0", position.Next(follow: true).Path);
        position.Opened();
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(Path + "&follow=true&sinceSeconds=21", position.Next(follow: true).Path);
    }

    [Fact]
    public void A_span_is_counted_from_the_calls_beginning()
    {
        var position = Of(new LogQuery { Since = TimeSpan.FromMinutes(1) });
        _time.Advance(TimeSpan.FromSeconds(30.4));
        Assert.Equal(Path + "&sinceSeconds=90", position.Next(follow: false).Path);
    }

    [Fact]
    public void A_container_that_has_started_since_is_wanted_from_its_start() =>
        Assert.Equal(Path + "&follow=true", Of(new LogQuery { Tail = 0 }, whole: true).Next(follow: true).Path);

    [Fact]
    public void The_next_instance_is_wanted_from_its_start_unless_it_has_been_read_already()
    {
        var position = Of(new LogQuery { Tail = 5 });
        Assert.Equal(Path + "&follow=true", position.NextInstance(null, follow: true).Path);
        position.Seam.Add((Noon + 10) * 1_000_000_000, 1);
        Assert.Equal(Path + "&follow=true", position.NextInstance(DateTimeOffset.FromUnixTimeSeconds(Noon + 10), follow: true).Path);
        Assert.Equal(Path + "&sinceTime=2026-01-31T12:00:09Z", position.NextInstance(DateTimeOffset.FromUnixTimeSeconds(Noon + 5), follow: false).Path);
    }

    private LogPosition Of(LogQuery query, bool whole = false) => new(Source, query, whole, _time.GetTimestamp(), _time);
}
