using System.Text.Json.Nodes;
using MultiCluster.Nodes;

namespace MultiCluster.Tests.Nodes;

public sealed class FleetDrainTests
{
    private static DrainOptions All => new() { MaxUnavailable = IntOrPercent.Parse("100%") };

    [Fact]
    public async Task Nodes_of_two_clusters_are_drained_with_one_list_watch_each()
    {
        await using var fleet = await DrainFleet.StartAsync(clusters: 2);
        foreach (var cluster in (string[])["sim-1", "sim-2"])
        {
            fleet.AddNode("node-a", 10, cluster);
            fleet.AddNode("node-b", 10, cluster);
        }

        await using var drain = await fleet.DrainAsync(All);
        foreach (var cluster in fleet.Session.Fleet.Clusters)
            cluster.Requests.Clear();
        await drain.EndAsync();
        Assert.Empty(drain.Faults);
        Assert.Equal(
            ["sim-1/node-a: Drained", "sim-1/node-b: Drained", "sim-2/node-a: Drained", "sim-2/node-b: Drained"],
            drain.Results.Select(result => result.ToString()).Order(StringComparer.Ordinal));
        Assert.All(drain.Results, result => Assert.Equal((10, 0, true, null), (result.Evicted, result.Remaining, result.LeftCordoned, result.Reason)));
        Assert.All(drain.Drain.Drains, job => Assert.Equal((10, 10, false), (job.PodsGone, job.Pods, job.IsRunning)));
        foreach (var cluster in fleet.Session.Fleet.Clusters)
        {
            Assert.Empty(cluster.Store.List("pods", DrainFleet.Namespace));
            Assert.True(fleet.IsCordoned("node-a", cluster.Name) && fleet.IsCordoned("node-b", cluster.Name));
            Assert.Equal(20, fleet.Evictions(cluster.Name).Count());
            Assert.True(cluster.Requests.Count <= 2.2 * 20, $"{cluster.Requests.Count} requests");
            Assert.DoesNotContain(cluster.Requests.All, request => request.Method == "GET" && request.Path.StartsWith("/api/v1/namespaces/web/pods/", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_pod_waits_for_its_budget_and_says_which_while_the_other_nodes_go_on()
    {
        await using var fleet = await DrainFleet.StartAsync();
        fleet.AddNode("node-a", 2);
        fleet.AddNode("node-b", 2);
        fleet.AddBudget("guard", "node-a-0", allowed: 0);
        await using var drain = await fleet.DrainAsync(All);
        await drain.UntilAsync(DrainPhase.Waiting);
        var waiting = drain.Objects.First(happened => happened.Phase == DrainPhase.Waiting);
        Assert.Equal(("guard", "web", "node-a-0"), (waiting.Budget, waiting.Namespace, waiting.Pod));
        Assert.Equal("The disruption budget guard needs 1 healthy pods and has 1 currently", waiting.Reason);
        await drain.UntilAsync(() => drain.Results.Any(result => result.Node == "node-b"), "node-b is drained");
        Assert.Contains("guard", Assert.Single(fleet.Store.All, job => job.IsRunning).WaitsFor, StringComparison.Ordinal);
        fleet.Change("poddisruptionbudgets.policy", "web", "guard", budget => budget["status"]!["disruptionsAllowed"] = 1);
        await drain.EndAsync();
        Assert.Equal((DrainState.Drained, 2), (drain.Result("node-a").State, drain.Result("node-a").Evicted));
    }

    [Fact]
    public async Task A_budget_that_can_never_be_met_keeps_its_node_untouched()
    {
        await using var fleet = await DrainFleet.StartAsync();
        fleet.AddNode("node-a", 2);
        fleet.AddNode("node-b", 1);
        fleet.AddBudget("strict", "node-a-0", allowed: 0, healthy: 1, desired: 1, expected: 1);
        await using var drain = await fleet.DrainAsync();
        await drain.EndAsync();
        var blocked = drain.Result("node-a");
        Assert.Equal((DrainState.Blocked, false, 2), (blocked.State, blocked.LeftCordoned, blocked.Remaining));
        Assert.Contains("Budget web/strict can never be met", blocked.Reason, StringComparison.Ordinal);
        Assert.Equal(2, fleet.Pods("node-a").Count());
        Assert.Equal(DrainState.Drained, drain.Result("node-b").State);
    }

    [Theory]
    [InlineData("2", 32, 2)]
    [InlineData("50%", 32, 3)]
    [InlineData("100%", 4, 4)]
    public async Task No_more_nodes_drain_at_once_than_may_be_unavailable(string share, int throttle, int most)
    {
        await using var fleet = await DrainFleet.StartAsync();
        for (var i = 0; i < 6; i++)
            fleet.AddNode($"node-{i}", 1);
        fleet.Cluster().Controllers.PodTerminationTime = TimeSpan.FromSeconds(20);
        await using var drain = await fleet.DrainAsync(new DrainOptions { MaxUnavailable = IntOrPercent.Parse(share), NodeThrottleLimit = throttle });
        await drain.UntilAsync(() => drain.Objects.Count(happened => happened.Phase == DrainPhase.Evicted) == most, "as many as may are asked");
        Assert.Equal(most, fleet.Store.All.Count(job => job.IsRunning));
        Assert.Equal(most, Enumerable.Range(0, 6).Count(i => fleet.IsCordoned($"node-{i}")));
    }

    [Fact]
    public async Task When_enough_nodes_have_failed_no_more_are_begun()
    {
        await using var fleet = await DrainFleet.StartAsync();
        fleet.AddNode("node-a", 1);
        fleet.AddNode("node-b", 1);
        fleet.AddNode("node-c", 1);
        fleet.Change("pods", "web", "node-a-0", pod => pod["metadata"]!["finalizers"] = new JsonArray("example.com/hold"));
        await using var drain = await fleet.DrainAsync(new DrainOptions { MaxFailure = 1, NodeTimeout = TimeSpan.FromSeconds(1), UncordonOnFailure = true });
        await drain.EndAsync();
        var failed = drain.Result("node-a");
        Assert.Equal((DrainState.TimedOut, false), (failed.State, failed.LeftCordoned));
        Assert.Contains("1 pod is left: web/node-a-0", failed.Reason, StringComparison.Ordinal);
        Assert.False(fleet.IsCordoned("node-a"));
        Assert.All((string[])["node-b", "node-c"], node =>
        {
            Assert.Equal((DrainState.Skipped, "1 node has failed (-MaxFailure 1)."), (drain.Result(node).State, drain.Result(node).Reason));
            Assert.False(fleet.IsCordoned(node));
        });
    }

    [Theory]
    [InlineData(false, "The health check after node node-a of sim-1 said no.")]
    [InlineData(true, "The health check after node node-a of sim-1 failed: it hurts.")]
    public async Task A_health_check_is_asked_after_each_node_and_can_end_it(bool throws, string reason)
    {
        await using var fleet = await DrainFleet.StartAsync();
        fleet.AddNode("node-a", 1);
        fleet.AddNode("node-b", 1);
        var asked = new List<string>();
        await using var drain = await fleet.DrainAsync(healthCheck: (result, _) =>
        {
            asked.Add($"{result.Node} {result.State}");
            return throws ? Task.FromException<bool>(new InvalidOperationException("it hurts.")) : Task.FromResult(false);
        });
        await drain.EndAsync();
        Assert.Equal(["node-a Drained"], asked);
        Assert.Equal((DrainState.Skipped, reason), (drain.Result("node-b").State, drain.Result("node-b").Reason));
    }

    [Fact]
    public async Task A_dry_run_asks_the_server_and_changes_nothing()
    {
        await using var fleet = await DrainFleet.StartAsync();
        fleet.AddNode("node-a", 2);
        await using var drain = await fleet.DrainAsync(new DrainOptions { DryRun = true });
        await drain.EndAsync();
        Assert.Equal((DrainState.Drained, 2, false, true), (drain.Result("node-a").State, drain.Result("node-a").Evicted, drain.Result("node-a").LeftCordoned, drain.Result("node-a").DryRun));
        Assert.Equal(2, fleet.Evictions().Count());
        Assert.All(fleet.Evictions(), request => Assert.Equal("?dryRun=All", request.Query));
        Assert.Equal(2, fleet.Pods("node-a").Count());
        Assert.False(fleet.IsCordoned("node-a"));
    }

    [Fact]
    public async Task Deletions_ask_no_budget()
    {
        await using var fleet = await DrainFleet.StartAsync();
        fleet.AddNode("node-a", 2);
        fleet.AddBudget("strict", "node-a-0", allowed: 0, healthy: 1, desired: 1, expected: 1);
        await using var drain = await fleet.DrainAsync(new DrainOptions { DisableEviction = true });
        await drain.EndAsync();
        Assert.Equal((DrainState.Drained, 0, 2), (drain.Result("node-a").State, drain.Result("node-a").Evicted, drain.Result("node-a").Deleted));
        Assert.Empty(fleet.Evictions());
    }
}
