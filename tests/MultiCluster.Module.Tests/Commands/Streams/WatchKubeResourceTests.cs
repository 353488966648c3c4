using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Commands.Streams;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources.Watches;
using MultiCluster.Sandbox;
using MultiCluster.Watching;

namespace MultiCluster.Module.Tests.Commands.Streams;

/// <summary>Watch-KubeResource over two simulated clusters.</summary>
public sealed class WatchKubeResourceTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private FleetSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 10 }, TestContext.Current.CancellationToken);
        _session = new FleetSession(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void First_ends_the_watch_after_so_many_events_of_all_clusters()
    {
        var sink = _session.Run(Pods(("First", 7), ("TimeoutSec", 20)));

        Assert.Equal(7, sink.Objects.Count);
        Assert.All(sink.Objects, item => Assert.Equal(WatchEventType.Added, Assert.IsType<KubeWatchEvent>(item).Type));
        Assert.Empty(sink.Errors);
    }

    [Fact]
    public void A_change_is_an_event_with_its_cluster_and_the_paths_that_differ()
    {
        var pod = _fleet["sim-2"].Store.List("pods")[0];
        var changed = false;
        var sink = _session.Run(
            Pods(
                item =>
                {
                    // The first notice of each cluster says that its watch has begun.
                    if (changed || item is not KubeWatchNotice { ClusterName: "sim-2", Type: WatchNoticeType.Connected })
                        return;
                    changed = true;
                    var json = pod.ToJson();
                    json["metadata"]!["labels"]!["colour"] = "blue";
                    _fleet["sim-2"].Store.Replace(json);
                },
                ("ChangesOnly", true), ("IncludeNotice", true), ("First", 1), ("TimeoutSec", 20)));

        var happened = Assert.Single(sink.Objects.OfType<KubeWatchEvent>());
        Assert.Equal(("sim-2", WatchEventType.Modified, pod.Name), (happened.ClusterName, happened.Type, happened.Name));
        Assert.Equal(["metadata.labels.colour"], happened.Changed);
    }

    [Fact]
    public void TimeoutSec_ends_the_watch_without_an_error()
    {
        var sink = _session.Run(Pods(("ChangesOnly", true), ("TimeoutSec", 1)));

        Assert.Empty(sink.Objects);
        Assert.Empty(sink.Errors);
        Assert.Null(sink.Terminated);
    }

    [Fact]
    public void Notices_are_information_with_a_tag_and_the_cluster_in_front()
    {
        var sink = _session.Run(Pods(("TimeoutSec", 5)));

        Assert.Contains(sink.InformationLines, static line => line.StartsWith("sim-1: watching pods in all namespaces", StringComparison.Ordinal));
        Assert.All(sink.InformationTags, static tag => Assert.Equal("MultiCluster.Watch", tag));
    }

    [Fact]
    public void A_cluster_that_is_not_heard_is_named_in_the_progress()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());

        var updates = _session.Run(Pods(("TimeoutSec", 5))).ProgressUpdates;

        Assert.Contains(updates, static update => update.Status.StartsWith("1 of 2 clusters", StringComparison.Ordinal));
        Assert.True(updates[^1].Completed);
    }

    [Fact]
    public void A_refused_login_is_one_error_and_the_others_go_on()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.Unauthorized());

        var sink = _session.Run(Pods(("TimeoutSec", 5)));

        Assert.Equal(10, sink.Objects.OfType<KubeWatchEvent>().Count(static one => one.ClusterName == "sim-1"));
        Assert.Equal("Kube.Unauthorized", Assert.Single(sink.Errors).ErrorId);
    }

    [Fact]
    public void Nothing_selected_is_a_terminating_error()
    {
        _session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["None"] = true });

        Assert.Equal("Kube.NoClusterSelected", _session.Run(Pods()).Terminated!.ErrorId);
    }

    [Theory]
    [InlineData("LabelSelector", "tier in (")]
    [InlineData("FieldSelector", "spec.nodeName")]
    [InlineData("Namespace", "No_Namespace")]
    public void What_can_fit_nothing_is_refused_before_any_request(string parameter, string value)
    {
        var runner = new CmdletRunner<WatchKubeResourceCommand> { "pods" };
        runner["TimeoutSec"] = 10;
        runner[parameter] = parameter == "Namespace" ? new[] { value } : value;

        var sink = _session.Run(runner);

        Assert.Equal("Kube.Invalid", sink.Terminated!.ErrorId);
        Assert.Contains(value, sink.Terminated.Fault.Message);
    }

    private static CmdletRunner<WatchKubeResourceCommand> Pods(params (string Name, object Value)[] parameters) => Pods(null, parameters);

    private static CmdletRunner<WatchKubeResourceCommand> Pods(Action<object?>? downstream, params (string Name, object Value)[] parameters)
    {
        var runner = new CmdletRunner<WatchKubeResourceCommand> { Sink = new RecordingSink { Downstream = downstream } };
        runner.Add("pods");
        runner["AllNamespaces"] = true;
        foreach (var (name, value) in parameters)
            runner[name] = value;
        return runner;
    }
}
