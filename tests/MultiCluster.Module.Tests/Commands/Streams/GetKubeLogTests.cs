using MultiCluster.Logs;
using MultiCluster.Module.Commands.Streams;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Streams;

/// <summary>Get-KubeLog over two simulated clusters.</summary>
public sealed class GetKubeLogTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private FleetSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0, LogLinesPerSecond = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            AddPod(cluster, "web-1", "app", "proxy");
            AddPod(cluster, "job-1", "app");
        }

        foreach (var (cluster, text) in new[] { ("sim-1", "one"), ("sim-2", "two"), ("sim-1", "three"), ("sim-2", """{"level":"error","code":7}""") })
            _fleet[cluster].Logs.Of("web", "web-1", "app").Append(text);
        _fleet["sim-1"].Logs.Of("web", "web-1", "proxy").Append("proxied");
        _session = new FleetSession(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void Lines_of_all_clusters_come_in_the_order_of_time_with_their_source()
    {
        var lines = Lines(_session.Run(Web()));

        Assert.Equal(["sim-1 one", "sim-2 two", "sim-1 three", """sim-2 {"level":"error","code":7}"""], lines.Select(static line => $"{line.ClusterName} {line.Line}"));
        Assert.All(lines, static line => Assert.Equal(("web", "web-1", "app"), (line.Namespace, line.Pod, line.Container)));
        Assert.Equal(lines.Select(static line => line.Timestamp).Order(), lines.Select(static line => line.Timestamp));
    }

    [Fact]
    public void A_cluster_that_answers_late_is_waited_for_as_long_as_the_window_says()
    {
        _fleet["sim-1"].Faults.Add(ClusterFault.Latency(TimeSpan.FromSeconds(2)).When(static request => request.Subresource == "log"));

        Assert.Equal(["one", "two", "three"], Lines(_session.Run(Web(("OrderWindow", 60_000)))).Select(static line => line.Line).Take(3));
        Assert.Equal("two", Lines(_session.Run(Web(("OrderWindow", 50))))[0].Line);
    }

    [Theory]
    [InlineData("Include", "^t", "two three")]
    [InlineData("Exclude", "^t,level", "one")]
    [InlineData("Container", "pro*", "proxied")]
    [InlineData("Name", "job-*", "")]
    public void Parameters_narrow_what_comes(string parameter, string value, string lines)
    {
        var sink = _session.Run(Web((parameter, value.Split(','))));

        Assert.Equal(lines.Split(' ', StringSplitOptions.RemoveEmptyEntries), Lines(sink).Select(static line => line.Line));
    }

    [Fact]
    public void Tail_counts_for_each_container() =>
        Assert.Equal(["three", """{"level":"error","code":7}"""], Lines(_session.Run(Web(("Tail", 1)))).Select(static line => line.Line));

    [Fact]
    public void Pods_that_are_piped_in_are_read_in_their_own_cluster()
    {
        var pod = _session.Read("sim-2", "pods", "web-1");

        var sink = _session.Run(new CmdletRunner<GetKubeLogCommand> { ["InputObject"] = new[] { pod } });

        Assert.All(Lines(sink), static line => Assert.Equal("sim-2", line.ClusterName));
        Assert.Equal(2, Lines(sink).Count);
    }

    [Fact]
    public void Following_brings_what_is_written_from_now_on_until_the_time_is_up()
    {
        var written = false;
        var runner = Web(
            item =>
            {
                if (written || item is not KubeLogLine { Line: "three" })
                    return;
                written = true;
                _fleet["sim-1"].Logs.Of("web", "web-1", "app").Append("four");
            },
            ("Follow", true), ("TimeoutSec", 6));

        var sink = _session.Run(runner);

        Assert.Equal("four", Lines(sink)[^1].Line);
        Assert.Empty(sink.Errors);
        Assert.Null(sink.Terminated);
    }

    [Fact]
    public void More_containers_than_streams_are_a_warning_that_counts_them()
    {
        var sink = _session.Run(Web(("AllContainers", true), ("Follow", true), ("MaxStreams", 2), ("TimeoutSec", 5)));

        Assert.Contains(sink.Warnings, static text => text.Contains("1 of 2 containers are left out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pod_that_one_cluster_lacks_is_that_clusters_error()
    {
        _fleet["sim-2"].Store.Remove("pods", "web", "web-1");

        var sink = _session.Run(Web());

        Assert.Equal(["one", "three"], Lines(sink).Select(static line => line.Line));
        var error = Assert.Single(sink.Errors);
        Assert.Equal(("Kube.NotFound", "sim-2"), (error.ErrorId, error.Fault.Cluster!.ClusterName));
    }

    [Theory]
    [InlineData("Include", "(")]
    [InlineData("Namespace", "No_Namespace")]
    [InlineData("Name", "deployments/")]
    public void What_can_fit_nothing_is_refused_before_any_request(string parameter, string value)
    {
        var sink = _session.Run(Web((parameter, new[] { value })));

        Assert.Equal("Kube.Invalid", sink.Terminated!.ErrorId);
        Assert.Contains(value, sink.Terminated.Fault.Message);
    }

    private static CmdletRunner<GetKubeLogCommand> Web(params (string Name, object Value)[] parameters) => Web(null, parameters);

    private static CmdletRunner<GetKubeLogCommand> Web(Action<object?>? downstream, params (string Name, object Value)[] parameters)
    {
        var runner = new CmdletRunner<GetKubeLogCommand> { Sink = new RecordingSink { Downstream = downstream } };
        foreach (var (name, value) in parameters)
            runner[name] = value;
        foreach (var (name, value) in new[] { ("Name", "web-1"), ("Namespace", "web") }.Where(one => parameters.All(given => given.Name != one.Item1)))
            runner[name] = new[] { value };
        return runner;
    }

    private static IReadOnlyList<KubeLogLine> Lines(RecordingSink sink) => [.. sink.Objects.OfType<KubeLogLine>()];

    private static void AddPod(SimulatedCluster cluster, string name, params string[] containers)
    {
        if (cluster.Store.Find("nodes", null, "node-1") is null)
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"}}""");
        var specs = string.Join(',', containers.Select(static one => $$"""{"name":"{{one}}","image":"x"}"""));
        cluster.Store.Add($$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"web"},"spec":{"nodeName":"node-1","containers":[{{specs}}]},"status":{"phase":"Pending"} }
            """);
        foreach (var container in containers)
            cluster.Logs.Start("web", name, container);
    }
}
