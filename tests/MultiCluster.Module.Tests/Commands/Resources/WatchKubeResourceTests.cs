using MultiCluster.Api.Watches;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>Watch-KubeResource over two simulated clusters.</summary>
public sealed class WatchKubeResourceTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 10 }, TestContext.Current.CancellationToken);
        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void First_ends_the_watch_after_so_many_events_of_all_clusters()
    {
        var run = _shell.Run("Watch-KubeResource pods -AllNamespaces -First 7");

        Assert.Equal(7, run.Output.Count);
        Assert.All(run.Output, static item => Assert.Equal(WatchEventType.Added, Assert.IsType<KubeWatchEvent>(item).Type));
        Assert.Empty(run.Errors);
        Assert.Equal("Watch-KubeResource", Assert.Single(_shell.Session.Log.Last(1)).Command);
    }

    [Fact]
    public void It_ends_when_a_command_downstream_has_enough()
    {
        var run = _shell.Run("Watch-KubeResource pods -AllNamespaces | Select-Object -First 2");

        Assert.Equal(2, run.Output.Count);
        Assert.Null(run.Terminated);
        NothingRuns();
    }

    [Fact]
    public void It_ends_when_it_is_stopped()
    {
        using var running = _shell.Start("Watch-KubeResource pods -AllNamespaces");
        running.Until(static run => run.Output.Count == 20);

        Assert.True(running.Stop().Stopped);

        NothingRuns();
    }

    [Fact]
    public void A_change_is_an_event_with_its_cluster_and_the_paths_that_differ()
    {
        var happened = Assert.Single(Changes("sim-2"));

        Assert.Equal(("sim-2", WatchEventType.Modified, _fleet["sim-2"].Store.List("pods")[0].Name), (happened.ClusterName, happened.Type, happened.Name));
        Assert.Equal(["metadata.labels.colour"], happened.Changed);
    }

    [Fact]
    public void Changes_of_all_clusters_come_in_the_order_of_time()
    {
        var changes = Changes("sim-2", "sim-1");

        Assert.Equal(["sim-1", "sim-2"], changes.Select(static one => one.ClusterName).Order());
        Assert.Equal(changes.Select(static one => one.Timestamp).Order(), changes.Select(static one => one.Timestamp));
    }

    [Fact]
    public void TimeoutSec_ends_the_watch_without_an_error()
    {
        var run = _shell.Run("Watch-KubeResource pods -AllNamespaces -ChangesOnly -TimeoutSec 1");

        Assert.Empty(run.Output);
        Assert.Empty(run.Errors);
        Assert.Null(run.Terminated);
    }

    [Fact]
    public void Notices_are_information_with_a_tag_and_the_cluster_in_front_and_objects_when_asked()
    {
        using var running = _shell.Start("Watch-KubeResource pods -AllNamespaces -ChangesOnly -IncludeNotice");
        running.Until(static run => run.Output.Count == 2);

        var run = running.Stop();

        Assert.All(run.Output, static item => Assert.Equal(WatchNoticeType.Connected, Assert.IsType<KubeWatchNotice>(item).Type));
        Assert.Contains(run.Information, static record => $"{record}".StartsWith("sim-1: watching pods in all namespaces", StringComparison.Ordinal));
        Assert.All(run.Information, static record => Assert.Equal(["MultiCluster", "MultiCluster.Watch"], record.Tags));
    }

    [Fact]
    public void A_cluster_that_is_not_heard_is_named_in_the_progress()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());
        using var running = _shell.Start("Watch-KubeResource pods -AllNamespaces");

        running.Until(static run => run.Progress.Any(static record => record.StatusDescription.StartsWith("1 of 2 clusters", StringComparison.Ordinal)));

        running.Stop();
    }

    [Fact]
    public void A_refused_login_is_one_error_and_the_others_go_on()
    {
        _fleet["sim-2"].Faults.Add(ClusterFault.Unauthorized());
        using var running = _shell.Start("Watch-KubeResource pods -AllNamespaces");
        running.Until(static run => run.Output.OfType<KubeWatchEvent>().Count(static one => one.ClusterName == "sim-1") == 10 && run.Errors.Count > 0);

        Assert.Equal("Kube.Unauthorized", running.Stop().Error.Id());
    }

    [Fact]
    public void Nothing_selected_is_a_terminating_error() =>
        Assert.Equal("Kube.NoClusterSelected", _shell.Run("Select-KubeCluster -None; Watch-KubeResource pods -AllNamespaces").Terminated!.Id());

    [Theory]
    [InlineData("LabelSelector", "tier in (")]
    [InlineData("FieldSelector", "spec.nodeName")]
    [InlineData("Namespace", "No_Namespace")]
    public void What_can_fit_nothing_is_refused_before_any_request(string parameter, string value)
    {
        var error = _shell.Run($"Watch-KubeResource pods -{parameter} '{value}'").Terminated!;

        Assert.Equal("Kube.Invalid", error.Id());
        Assert.Contains(value, $"{error}");
        Assert.All(_fleet.Clusters, static cluster => Assert.Empty(cluster.Requests.All));
    }

    /// <summary>What a watch of pods brings when one is labelled on each of the clusters, as soon as it is watched.</summary>
    private IReadOnlyList<KubeWatchEvent> Changes(params string[] clusters)
    {
        _shell["change"] = (Action<string>)(cluster =>
        {
            if (!clusters.Contains(cluster))
                return;
            var json = _fleet[cluster].Store.List("pods")[0].ToJson();
            json["metadata"]!["labels"]!["colour"] = "blue";
            _fleet[cluster].Store.Replace(json);
        });

        // The first notice of each cluster says that its watch has begun.
        return _shell.Run($"Watch-KubeResource pods -AllNamespaces -ChangesOnly -IncludeNotice -First {clusters.Length} "
            + "| ForEach-Object { if ($_.Type -eq 'Connected') { $change.Invoke($_.ClusterName) }; $_ }").Of<KubeWatchEvent>();
    }

    private void NothingRuns() => Eventually.True(() => _fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), "A request is still running.");
}
