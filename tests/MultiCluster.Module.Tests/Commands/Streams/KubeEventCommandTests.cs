using MultiCluster.Module.Commands.Streams;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Streams;

/// <summary>
/// Get-KubeEvent and Watch-KubeEvent over two simulated clusters. What is watched comes as a PSObject, which the reference assembly cannot
/// make: the engine's tests and those in PowerShell read it.
/// </summary>
public sealed class KubeEventCommandTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private FleetSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0, Events = 0 }, TestContext.Current.CancellationToken);
        Add("sim-1", "a", "Warning", "BackOff", TimeSpan.FromMinutes(5));
        Add("sim-2", "b", "Warning", "FailedMount", TimeSpan.FromMinutes(1));
        Add("sim-2", "c", "Normal", "Pulled", TimeSpan.FromMinutes(3));
        Add("sim-1", "d", "Normal", "Created", TimeSpan.FromHours(3));
        _session = new FleetSession(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void Events_of_all_clusters_come_the_newest_first()
    {
        var sink = _session.Run(All());

        Assert.Equal(["sim-2 b", "sim-2 c", "sim-1 a", "sim-1 d"], sink.Objects.Cast<KubeEvent>().Select(static one => $"{one.ClusterName} {one.Name}"));
        Assert.Empty(sink.Errors);
    }

    [Theory]
    [InlineData("Type", "Warning", "b a")]
    [InlineData("Reason", "Back*,Created", "a d")]
    [InlineData("First", 2, "b c")]
    [InlineData("Since", "01:00:00", "b c a")]
    public void Parameters_narrow_what_comes(string parameter, object value, string names)
    {
        var runner = All();
        runner[parameter] = parameter switch
        {
            "Reason" => ((string)value).Split(','),
            "Since" => TimeSpan.Parse((string)value, System.Globalization.CultureInfo.InvariantCulture),
            _ => value,
        };

        Assert.Equal(names.Split(' '), _session.Run(runner).Objects.Cast<KubeEvent>().Select(static one => one.Name));
    }

    [Fact]
    public void The_events_of_an_object_are_those_of_its_own_cluster()
    {
        Add("sim-1", "e", "Normal", "Scheduled", TimeSpan.FromMinutes(2), "web-b");
        _fleet["sim-2"].Store.Add("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-b","namespace":"web"},"spec":{"containers":[]}}""");
        var pod = _session.Read("sim-2", "pods", "web-b");

        var sink = _session.Run(new CmdletRunner<GetKubeEventCommand> { ["InvolvedObject"] = new[] { pod } });

        Assert.Equal("b", Assert.IsType<KubeEvent>(Assert.Single(sink.Objects)).Name);
    }

    [Fact]
    public void A_forbidden_cluster_is_one_error_and_the_others_events_come()
    {
        _fleet["sim-1"].Faults.Add(ClusterFault.Forbidden().When(static request => request.Resource == "events"));

        var sink = _session.Run(All());

        Assert.Equal(["b", "c"], sink.Objects.Cast<KubeEvent>().Select(static one => one.Name));
        var error = Assert.Single(sink.Errors);
        Assert.Equal(("Kube.Forbidden", "sim-1"), (error.ErrorId, error.Fault.Cluster!.ClusterName));
    }

    [Fact]
    public void TimeoutSec_ends_the_watch_without_an_error()
    {
        var sink = _session.Run(new CmdletRunner<WatchKubeEventCommand> { ["AllNamespaces"] = true, ["TimeoutSec"] = 1 });

        Assert.Empty(sink.Objects);
        Assert.Empty(sink.Errors);
        Assert.Null(sink.Terminated);
    }

    private static CmdletRunner<GetKubeEventCommand> All() => new() { ["AllNamespaces"] = true };

    private void Add(string cluster, string name, string type, string reason, TimeSpan ago, string? about = null)
    {
        var at = (DateTimeOffset.UtcNow - ago).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        _fleet[cluster].Store.Add($$"""
            {"apiVersion":"v1","kind":"Event","metadata":{"name":"{{name}}","namespace":"web"},"type":"{{type}}","reason":"{{reason}}","message":"m","count":1,
             "firstTimestamp":"{{at}}","lastTimestamp":"{{at}}" ,"involvedObject":{"apiVersion":"v1","kind":"Pod","namespace":"web","name":"{{about ?? "web-" + name}}" },"source":{"component":"test"} }
            """);
    }
}
