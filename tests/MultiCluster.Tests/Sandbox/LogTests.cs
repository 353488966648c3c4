using System.Text;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox;

/// <summary>What an API server and its kubelets make of a log. There is no kubelet beside the real server, so this rests on their sources.</summary>
public sealed class LogTests
{
    private const string Path = "/api/v1/namespaces/default/pods/p/log";

    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_log_is_plain_text()
    {
        await using var one = await RunningAsync();
        Log(one).Append("hello");
        Log(one).Append("\e[31mgr\u00f6\u00dfer\e[0m\r");
        using var response = await one.Client.SendAsync(HttpMethod.Get, $"{Path}?container=a");
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("hello\n\e[31mgr\u00f6\u00dfer\e[0m\r\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("tailLines=2", "3,4,")]
    [InlineData("tailLines=0", "")]
    [InlineData("tailLines=9", "1,2,3,4,")]
    [InlineData("sinceTime=2026-01-02T12:00:02Z", "3,4,")]
    [InlineData("sinceTime=2026-01-02T12:00:02.9Z", "3,4,")] // the server knows whole seconds
    [InlineData("sinceTime=2026-01-02T13:00:03%2B01:00", "4,")]
    [InlineData("sinceSeconds=3", "3,4,")]
    [InlineData("sinceSeconds=3&tailLines=1", "4,")]
    [InlineData("tailLines=3&sinceTime=2026-01-02T12:00:03Z", "4,")]
    [InlineData("limitBytes=5", "1,2,3")]
    [InlineData("tailLines=1&timestamps=true", "2026-01-02T12:00:03.000000000Z 4,")]
    [InlineData("tailLines=1&timestamps=true&limitBytes=12", "2026-01-02T1")]
    public async Task A_part_of_a_log_can_be_asked_for(string query, string expected)
    {
        await using var one = await RunningAsync(new TestClock(Noon.AddSeconds(4.5)));
        for (var i = 1; i <= 4; i++) Log(one).Append($"{i}", Noon.AddSeconds(i - 1));
        Assert.Equal(expected, (await TextAsync(one, query)).Replace('\n', ','));
    }

    [Theory]
    [InlineData(false, 0, "2026-01-02T12:00:00.120000000Z x\n")]
    [InlineData(true, 0, "2026-01-02T12:00:00.12Z x\n")]
    [InlineData(false, 90, "2026-01-02T13:30:00.120000000+01:30 x\n")]
    public async Task Timestamps_are_in_the_nodes_format(bool trims, int offset, string expected)
    {
        await using var one = await RunningAsync();
        one.Cluster.Logs.TrimsTimestamps = trims;
        one.Cluster.Logs.UtcOffset = TimeSpan.FromMinutes(offset);
        Log(one).Append("x", Noon.AddMilliseconds(120));
        Assert.Equal(expected, await TextAsync(one, "timestamps=true"));
    }

    [Fact]
    public async Task A_long_line_is_stored_in_pieces_and_returned_whole()
    {
        await using var one = await RunningAsync();
        var line = new string('x', 40_000);
        Log(one).Append("first", Noon);
        Log(one).Append(line, Noon);
        Assert.Equal($"2026-01-02T12:00:00.000000000Z first\n2026-01-02T12:00:00.000000000Z {line}\n", await TextAsync(one, "timestamps=true"));
        Assert.Equal(line[(2 * 16 * 1024)..] + "\n", await TextAsync(one, "tailLines=1"));
    }

    [Fact]
    public async Task A_follower_sees_what_is_written_and_ends_with_the_container()
    {
        await using var one = await RunningAsync();
        Log(one).Append("before");
        using var follow = await WatchLines.OpenAsync(one.Client, $"{Path}?container=a&follow=true");
        Assert.Equal("before", await follow.LineAsync());
        Log(one).Append("after");
        Assert.Equal("after", await follow.LineAsync());
        Log(one).Append(Encoding.UTF8.GetBytes("no line feed"));
        one.Cluster.Logs.End("default", "p", "a");
        Assert.Equal("no line feed", await follow.LineAsync());
        Assert.Null(await follow.LineAsync());
        Assert.Equal("before\nafter\nno line feed", await TextAsync(one));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_follower_ends_when_the_container_is_gone(bool restarts)
    {
        await using var one = await RunningAsync();
        using var follow = await WatchLines.OpenAsync(one.Client, $"{Path}?container=a&follow=true");
        if (restarts) one.Cluster.Logs.Start("default", "p", "a");
        else one.Cluster.Store.Remove("pods", "default", "p");
        Assert.Null(await follow.LineAsync());
    }

    [Fact]
    public async Task A_restarted_containers_log_before_is_another()
    {
        await using var one = await RunningAsync();
        Assert.Equal("previous terminated container \"a\" in pod \"p\" not found", await FailureAsync(one, 400, $"{Path}?container=a&previous=true"));
        Log(one).Append("first run");
        one.Cluster.Logs.Start("default", "p", "a", exitCode: 3);
        Log(one).Append("second run");
        Assert.Equal("first run\n", await TextAsync(one, "previous=true"));
        Assert.Equal("second run\n", await TextAsync(one));
        var status = one.Cluster.Store.Find("pods", "default", "p")!.ToJson()["status"]!["containerStatuses"]![0]!;
        Assert.Equal("1", status["restartCount"]!.ToString());
        Assert.Equal("3", status["lastState"]!["terminated"]!["exitCode"]!.ToString());
    }

    [Fact]
    public async Task A_rotated_files_lines_are_gone_and_a_follower_goes_on()
    {
        await using var one = await RunningAsync();
        Log(one).Append("old");
        using var follow = await WatchLines.OpenAsync(one.Client, $"{Path}?container=a&follow=true");
        Log(one).Rotate();
        Log(one).Append("new");
        Assert.Equal("new\n", await TextAsync(one));
        Assert.Equal(["old", "new"], await follow.LinesAsync(2));
    }

    [Fact]
    public async Task A_follower_can_end_with_its_file()
    {
        await using var one = await RunningAsync();
        one.Cluster.Logs.FollowEndsWithFile = true;
        Log(one).Append("old");
        using var follow = await WatchLines.OpenAsync(one.Client, $"{Path}?container=a&follow=true");
        Log(one).Rotate();
        Log(one).Append("new");
        Assert.Equal(["old", null], await follow.LinesAsync(2));
    }

    [Fact]
    public async Task A_full_file_is_rotated()
    {
        await using var one = await RunningAsync();
        one.Cluster.Logs.RotateAt = 1000;
        for (var i = 0; i < 105; i++) Log(one).Append($"{i:000000000}");
        Assert.Equal(5, (await TextAsync(one)).Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("sinceSeconds=5&sinceTime=2026-01-01T00:00:00Z", 422)]
    [InlineData("tailLines=-1", 422)]
    [InlineData("limitBytes=0", 422)]
    [InlineData("sinceTime=yesterday", 400)]
    [InlineData("sinceTime=2026-01-02", 400)]
    [InlineData("tailLines=two", 400)]
    public async Task What_cannot_be_meant_is_refused(string query, int status)
    {
        await using var one = await RunningAsync();
        await FailureAsync(one, status, $"{Path}?container=a&{query}");
    }

    [Theory]
    [InlineData("ContainerCreating", "container \"b\" in pod \"p\" is waiting to start: ContainerCreating")]
    [InlineData("ImagePullBackOff", "container \"b\" in pod \"p\" is waiting to start: trying and failing to pull image")]
    [InlineData("ErrImagePull", "container \"b\" in pod \"p\" is waiting to start: image can't be pulled")]
    public async Task A_container_that_waits_has_no_log(string reason, string message)
    {
        await using var one = await RunningAsync();
        var pod = one.Cluster.Store.Find("pods", "default", "p")!.ToJson();
        pod["status"]!["containerStatuses"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject
        {
            ["name"] = "b",
            ["restartCount"] = 0,
            ["state"] = new System.Text.Json.Nodes.JsonObject { ["waiting"] = new System.Text.Json.Nodes.JsonObject { ["reason"] = reason } },
        });
        one.Cluster.Store.Replace(pod);
        Assert.Equal(message, await FailureAsync(one, 400, $"{Path}?container=b"));
    }

    [Fact]
    public async Task Who_may_read_pods_may_not_read_their_logs()
    {
        await using var one = await RunningAsync();
        one.Cluster.LimitedUser.Rules = [new("get list watch", "pods")];
        using var limited = one.NewClient(one.Cluster.LimitedUser.Token);
        await limited.GetAsync("/api/v1/namespaces/default/pods/p");
        Assert.Equal(
            "pods \"p\" is forbidden: User \"jane\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"default\"",
            (await limited.FailAsync(403, $"{Path}?container=a"))["message"]!.ToString());
        one.Cluster.LimitedUser.Rules = [new("get", "pods/log")];
        using var allowed = await limited.SendAsync(HttpMethod.Get, $"{Path}?container=a");
        Assert.Equal(200, (int)allowed.StatusCode);
    }

    [Fact]
    public async Task A_follower_that_breaks_off_can_be_one_of_a_fault()
    {
        await using var one = await RunningAsync();
        one.Cluster.Faults.Add(ClusterFault.StreamBreaks(1).Times(1));
        Log(one).Append("whole");
        Log(one).Append("broken");
        using var follow = await WatchLines.OpenAsync(one.Client, $"{Path}?container=a&follow=true");
        Assert.Equal(["whole", "bro", null], await follow.LinesAsync(3));
    }

    /// <summary>A cluster with a pod of two containers, of which the first runs, and logs that are silent.</summary>
    private static async Task<OneCluster> RunningAsync(TimeProvider? time = null)
    {
        var one = await OneCluster.StartAsync(new FleetOptions { Pods = 0, LogLinesPerSecond = 0, Time = time ?? TimeProvider.System });
        one.Cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"}}""");
        one.Cluster.Store.Add("""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"nodeName":"node-1","initContainers":[{"name":"i"}],"containers":[{"name":"a"},{"name":"b"}]}}
            """);
        one.Cluster.Logs.Start("default", "p", "a");
        return one;
    }

    private static ContainerLog Log(OneCluster one) => one.Cluster.Logs.Of("default", "p", "a");

    private static async Task<string> TextAsync(OneCluster one, string query = "")
    {
        using var response = await one.Client.SendAsync(HttpMethod.Get, $"{Path}?container=a&{query}");
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> FailureAsync(OneCluster one, int status, string path) => (await one.Client.FailAsync(status, path))["message"]!.ToString();
}
