using MultiCluster.Logs;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Logs;

/// <summary>Get-KubeLog over two simulated clusters.</summary>
public sealed class GetKubeLogTests : IAsyncLifetime
{
    private const string Web = "Get-KubeLog web-1 -Namespace web";

    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

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
        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void Lines_of_all_clusters_come_in_the_order_of_time_with_their_source()
    {
        var lines = _shell.Run(Web).Of<KubeLogLine>();

        Assert.Equal(["sim-1 one", "sim-2 two", "sim-1 three", """sim-2 {"level":"error","code":7}"""], lines.Select(static line => $"{line.ClusterName} {line.Line}"));
        Assert.All(lines, static line => Assert.Equal(("web", "web-1", "app"), (line.Namespace, line.Pod, line.Container)));
        Assert.Equal(lines.Select(static line => line.Timestamp).Order(), lines.Select(static line => line.Timestamp));
    }

    [Fact]
    public void A_cluster_that_answers_late_is_waited_for_as_long_as_the_window_says()
    {
        _fleet["sim-1"].Faults.Add(ClusterFault.Latency(TimeSpan.FromSeconds(2)).When(static request => request.Subresource == "log"));

        Assert.Equal(["one", "two", "three"], Lines(_shell.Run($"{Web} -OrderWindow 60000")).Take(3));
        Assert.Equal("two", Lines(_shell.Run($"{Web} -OrderWindow 50")).First());
    }

    [Theory]
    [InlineData("web-1 -Include '^t'", "two three")]
    [InlineData("web-1 -Exclude '^t', level", "one")]
    [InlineData("web-1 -Container pro*", "proxied")]
    [InlineData("job-*", "")]
    [InlineData("web-1 -Since 10m -Include three", "three")]
    public void Parameters_narrow_what_comes(string parameters, string lines) =>
        Assert.Equal(lines.Split(' ', StringSplitOptions.RemoveEmptyEntries), Lines(_shell.Run($"Get-KubeLog -Namespace web {parameters}")));

    [Fact]
    public void A_terminal_is_shown_colours_alone_and_Raw_writes_what_was_written()
    {
        const string Written = "\e[31mred\e]0;title\a";
        _fleet["sim-1"].Logs.Of("web", "web-1", "proxy").Append(Written);
        const string Proxy = $"{Web} -Container proxy -Tail 1";

        Assert.Equal(Written, Assert.Single(_shell.Run(Proxy).Of<KubeLogLine>()).Line);
        Assert.Equal(["\e[31mred\\u001b]0;title\\u0007\e[0m"], _shell.Run($"{Proxy} | ForEach-Object {{ [MultiCluster.Module.Views.Cells]::Of[$_].Line }}").Output);
        Assert.Equal([Written], _shell.Run($"{Proxy} -Raw").Output);
    }

    [Theory]
    [InlineData("-AsJson")]
    [InlineData("-Timestamps")]
    public void Raw_goes_with_nothing_that_adds_to_a_line(string parameter) =>
        Assert.Equal("Kube.Invalid", _shell.Run($"{Web} -Raw {parameter}").Terminated!.Id());

    [Fact]
    public void Tail_counts_for_each_container() => Assert.Equal(["three", """{"level":"error","code":7}"""], Lines(_shell.Run($"{Web} -Tail 1")));

    [Fact]
    public void Pods_that_are_piped_in_are_read_in_their_own_cluster()
    {
        var lines = _shell.Run("Get-KubeResource pod web-1 -Namespace web -Cluster sim-2 | Get-KubeLog").Of<KubeLogLine>();

        Assert.Equal(["sim-2", "sim-2"], lines.Select(static line => line.ClusterName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Follow")]
    [InlineData("-AllContainers")]
    public void A_pod_that_bears_the_name_of_the_one_that_was_piped_in_is_another(string parameters)
    {
        _shell.Run("$pods = Get-KubePod web-1, job-1 -Namespace web -Cluster sim-1");
        _fleet["sim-1"].Store.Remove("pods", "web", "web-1");
        AddPod(_fleet["sim-1"], "web-1", "app", "proxy");
        _fleet["sim-1"].Logs.Of("web", "web-1", "app").Append("of the new one");
        _fleet["sim-1"].Logs.Of("web", "job-1", "app").Append("of the job");

        using var running = _shell.Start($"$pods | Get-KubeLog {parameters}");
        running.Until(static run => run.Output.Count > 0 && run.Errors.Count > 0);
        var run = running.Stop();

        Assert.Equal(["of the job"], Lines(run).Distinct());
        Assert.All(run.Errors, static error => Assert.Equal(("Kube.NotFound", "sim-1"), (error.Id(), error.Fault().Cluster!.ClusterName)));
        Assert.Contains("the pod web-1 that was meant is gone, and another bears its name now", $"{run.Errors[0]}", StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_read_logs_and_no_pods_reads_the_log_of_what_is_piped_in()
    {
        _shell.Run("$pods = Get-KubePod web-1 -Namespace web -Cluster sim-1");
        _fleet["sim-1"].Faults.Add(ClusterFault.Forbidden().When(static request => request is { Resource: "pods", Subresource: null or "" }));

        var run = _shell.Run("$pods | Get-KubeLog");

        Assert.Empty(run.Errors);
        Assert.Equal(["one", "three"], Lines(run));
    }

    [Theory]
    [InlineData("-Namespace web -l app=nosuch", "sim-1 and sim-2: no pod fits 'app=nosuch' yet; those that come are followed")]
    [InlineData("nosuch-* -Namespace web", "sim-1 and sim-2: no pod fits 'nosuch-*' yet; those that come are followed")]
    public void Who_follows_what_nothing_fits_is_told_so_once(string parameters, string warning)
    {
        using var running = _shell.Start($"Get-KubeLog {parameters} -Follow");

        running.Until(static run => run.Warnings.Count > 0);

        Assert.Equal([warning], running.Stop().Warnings);
    }

    [Fact]
    public void Who_follows_what_one_cluster_has_hears_nothing_of_the_other()
    {
        _fleet["sim-2"].Store.Remove("pods", "web", "web-1");

        using var running = _shell.Start("Get-KubeLog web-* -Namespace web -Follow");
        running.Until(static run => run.Output.Count == 2);

        Assert.Empty(running.Stop().Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Follow")]
    public void A_container_that_no_pod_has_is_a_warning_where_others_are_there(string parameters)
    {
        using var running = _shell.Start($"{Web} -Container app, nosuch, also-* {parameters}");
        running.Until(static run => run.Output.Count == 4 && run.Warnings.Count > 0);
        var run = running.Stop();

        Assert.Equal(["sim-1 and sim-2: no pod has a container 'nosuch'"], run.Warnings);
        Assert.Empty(run.Errors);
        Assert.Equal(4, Lines(run).Count());
    }

    [Fact]
    public void A_container_that_no_pod_has_is_an_error_where_it_is_the_only_one()
    {
        var run = _shell.Run($"{Web} -Container nosuch");

        Assert.Equal("Kube.NotFound", run.Error.Id());
        Assert.Empty(run.Warnings);
    }

    [Fact]
    public void Fields_of_a_JSON_line_are_properties_when_asked() =>
        Assert.Equal(["error", 7L], _shell.Run($"{Web} -AsJson | Where-Object level | ForEach-Object {{ $_.level; [long]$_.code }}").Output);

    [Fact]
    public void Following_brings_what_is_written_from_now_on()
    {
        using var running = _shell.Start($"{Web} -Follow");
        running.Until(static run => run.Output.Count == 4);

        _fleet["sim-1"].Logs.Of("web", "web-1", "app").Append("four");

        running.Until(static run => run.Output is [.., KubeLogLine { Line: "four" }]);
        var run = running.Stop();
        Assert.True(run.Stopped);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void Following_ends_without_an_error_when_the_time_is_up()
    {
        var run = _shell.Run($"{Web} -Follow -TimeoutSec 1");

        Assert.Empty(run.Errors);
        Assert.Null(run.Terminated);
    }

    [Fact]
    public void More_containers_than_streams_are_a_warning_that_counts_them()
    {
        using var running = _shell.Start($"{Web} -AllContainers -Follow -MaxStreams 2");

        running.Until(static run => run.Warnings.Any(static text => text.Contains("1 of 2 containers are left out", StringComparison.Ordinal)));

        running.Stop();
    }

    [Fact]
    public void A_pod_that_one_cluster_lacks_is_that_clusters_error()
    {
        _fleet["sim-2"].Store.Remove("pods", "web", "web-1");

        var run = _shell.Run(Web);

        Assert.Equal(["one", "three"], Lines(run));
        Assert.Equal(("Kube.NotFound", "sim-2"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
    }

    [Theory]
    [InlineData("web-1 -Include '('", "(")]
    [InlineData("web-1 -Namespace No_Namespace", "No_Namespace")]
    [InlineData("deployments/", "deployments/")]
    public void What_can_fit_nothing_is_refused_before_any_request(string parameters, string value)
    {
        var error = _shell.Run($"Get-KubeLog {parameters}").Terminated!;

        Assert.Equal("Kube.Invalid", error.Id());
        Assert.Contains(value, $"{error}");
        Assert.All(_fleet.Clusters, static cluster => Assert.Empty(cluster.Requests.All));
    }

    private static IEnumerable<string> Lines(ShellRun run) => run.Of<KubeLogLine>().Select(static line => line.Line);

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
