using System.Globalization;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Events;

/// <summary>Get-KubeEvent and Watch-KubeEvent over two simulated clusters.</summary>
public sealed class KubeEventCommandTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0, Events = 0 }, TestContext.Current.CancellationToken);
        Add("sim-1", "a", "Warning", "BackOff", TimeSpan.FromMinutes(5));
        Add("sim-2", "b", "Warning", "FailedMount", TimeSpan.FromMinutes(1));
        Add("sim-2", "c", "Normal", "Pulled", TimeSpan.FromMinutes(3));
        Add("sim-1", "d", "Normal", "Created", TimeSpan.FromHours(3));
        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void Events_of_all_clusters_come_the_newest_first()
    {
        var run = _shell.Run("Get-KubeEvent -AllNamespaces");

        Assert.Equal(["sim-2 b", "sim-2 c", "sim-1 a", "sim-1 d"], Names(run));
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("-Type Warning", "b a")]
    [InlineData("-Reason Back*, Created", "a d")]
    [InlineData("-First 2", "b c")]
    [InlineData("-Since 01:00:00", "b c a")]
    [InlineData("-Since 4m", "b c")]
    [InlineData("-Since '2m'", "b")]
    [InlineData("-Since 600", "b c a")]
    [InlineData("-Since ([TimeSpan]'4:00:00')", "b c a d")]
    public void Parameters_narrow_what_comes(string parameters, string names) =>
        Assert.Equal(names.Split(' '), _shell.Run($"Get-KubeEvent -AllNamespaces {parameters}").Of<KubeEvent>().Select(static one => one.Name));

    [Fact]
    public void What_is_no_span_of_time_is_refused() => Assert.Contains("'soon' is no span of time", $"{_shell.Run("Get-KubeEvent -AllNamespaces -Since soon").Terminated}");

    [Fact]
    public void The_events_of_an_object_are_those_of_its_own_cluster()
    {
        Add("sim-1", "e", "Normal", "Scheduled", TimeSpan.FromMinutes(2), "web-b");
        _fleet["sim-2"].Store.Add("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-b","namespace":"web"},"spec":{"containers":[]}}""");

        Assert.Equal(["sim-2 b"], Names(_shell.Run("Get-KubeResource pod web-b -Namespace web -Cluster sim-2 | Get-KubeEvent")));
    }

    [Fact]
    public void A_forbidden_cluster_is_one_error_and_the_others_events_come()
    {
        _fleet["sim-1"].Faults.Add(ClusterFault.Forbidden().When(static request => request.Resource == "events"));

        var run = _shell.Run("Get-KubeEvent -AllNamespaces");

        Assert.Equal(["sim-2 b", "sim-2 c"], Names(run));
        Assert.Equal(("Kube.Forbidden", "sim-1"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
    }

    [Fact]
    public void A_watch_begins_with_those_that_were_seen_since_then()
    {
        var run = _shell.Run("Watch-KubeEvent -AllNamespaces -Since 1h -First 3");

        Assert.Equal(["sim-1 a", "sim-2 b", "sim-2 c"], Names(run).Order());
    }

    [Fact]
    public void What_is_watched_is_filtered_by_type_and_by_its_properties()
    {
        Assert.Equal(["sim-1 a", "sim-2 b"], Names(_shell.Run("Watch-KubeEvent -AllNamespaces -Type Warning -Since 1h -First 2")).Order());
        Assert.Equal(["sim-1 a"], Names(_shell.Run("Watch-KubeEvent -AllNamespaces -Since 1h | Where-Object ClusterName -eq sim-1 | Select-Object -First 1")));
    }

    [Fact]
    public void A_watch_brings_what_happens_from_now_on()
    {
        using var running = _shell.Start("Watch-KubeEvent -AllNamespaces -First 1");
        running.Until(static run => run.Information.Count(static record => $"{record}".Contains("watching events", StringComparison.Ordinal)) == 2);

        Add("sim-2", "new", "Normal", "Started", TimeSpan.Zero);

        Assert.Equal(["sim-2 new"], Names(running.Wait()));
    }

    [Fact]
    public void TimeoutSec_ends_the_watch_without_an_error()
    {
        var run = _shell.Run("Watch-KubeEvent -AllNamespaces -TimeoutSec 1");

        Assert.Empty(run.Output);
        Assert.Empty(run.Errors);
        Assert.Null(run.Terminated);
    }

    private static IEnumerable<string> Names(ShellRun run) => run.Of<KubeEvent>().Select(static one => $"{one.ClusterName} {one.Name}");

    private void Add(string cluster, string name, string type, string reason, TimeSpan ago, string? about = null)
    {
        var at = (DateTimeOffset.UtcNow - ago).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        _fleet[cluster].Store.Add($$"""
            {"apiVersion":"v1","kind":"Event","metadata":{"name":"{{name}}","namespace":"web"},"type":"{{type}}","reason":"{{reason}}","message":"m","count":1,
             "firstTimestamp":"{{at}}","lastTimestamp":"{{at}}" ,"involvedObject":{"apiVersion":"v1","kind":"Pod","namespace":"web","name":"{{about ?? "web-" + name}}" },"source":{"component":"test"} }
            """);
    }
}
