using System.Text.Json.Nodes;
using MultiCluster.Faults;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Jobs;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Nodes;

/// <summary>What happens to a drain from outside: stopped, disconnected, the node taken back, pods that come.</summary>
public sealed class DrainInterruptionTests
{
    private static DrainOptions All => new() { MaxUnavailable = IntOrPercent.Parse("2") };

    [Fact]
    public async Task A_call_that_is_stopped_reports_every_node_and_asks_no_pod_any_more()
    {
        await using var fleet = await HeldAsync(nodes: 3);
        await using var drain = await fleet.DrainAsync(All);
        await drain.UntilAsync(() => drain.Objects.Count(happened => happened.Phase == DrainPhase.Evicted) == 2, "two nodes are being drained");
        drain.Run.Stop();
        await drain.EndAsync();
        var evictions = fleet.Evictions().Count();
        Assert.Equal(3, drain.Results.Count);
        Assert.All(drain.Results, result => Assert.Equal(DrainState.Cancelled, result.State));
        Assert.Equal([true, true, false], drain.Results.OrderBy(result => result.Node, StringComparer.Ordinal).Select(result => result.LeftCordoned));
        Assert.Equal("The call was stopped before the node's turn.", drain.Result("node-2").Reason);
        Assert.Equal(["web/node-0-0"], drain.Result("node-0").RemainingPods);
        Assert.All(fleet.Store.All, job => Assert.False(job.IsRunning));
        await TestSession.UntilAsync(() => fleet.Cluster().ActiveRequests == 0, "no request is under way");
        Assert.Equal(evictions, fleet.Evictions().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_drain_that_is_stopped_while_it_cordons_finds_out_how_the_node_is(bool uncordon)
    {
        await using var fleet = await HeldAsync(nodes: 1);
        await using var drain = await fleet.DrainAsync(All with { UncordonOnFailure = uncordon });
        fleet.Cluster().Faults.Add(ClusterFault.Latency(TimeSpan.FromSeconds(20)).When(request => request.Verb == "patch"));
        await TestSession.UntilAsync(() => fleet.Cluster().Requests.All.Any(request => request.Method == "PATCH") || drain.Drain.Drains.Any(job => job.State == DrainState.Cordoning), "the node is being cordoned");
        fleet.Cluster().Faults.Clear();
        drain.Run.Stop();
        await drain.EndAsync();
        var result = drain.Result("node-0");
        Assert.Equal(DrainState.Cancelled, result.State);
        Assert.Equal(fleet.IsCordoned("node-0"), result.LeftCordoned);
        Assert.Empty(fleet.Evictions());
    }

    [Fact]
    public async Task A_cordon_that_is_under_way_when_the_drain_is_stopped_is_waited_for()
    {
        await using var fleet = await HeldAsync(nodes: 1);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fleet.Cluster().Faults.Add(ClusterFault.Latency(TimeSpan.FromMilliseconds(300)).When(request => request.Verb == "patch" && (asked.TrySetResult() || true)));
        await using var drain = await fleet.DrainAsync(All);
        await asked.Task;

        drain.Run.Stop();
        await drain.EndAsync();

        Assert.True(fleet.IsCordoned("node-0"));
        Assert.True(drain.Result("node-0").LeftCordoned);
        Assert.Empty(fleet.Evictions());
    }

    [Fact]
    public async Task A_call_that_nobody_reads_any_more_keeps_its_results()
    {
        await using var fleet = await HeldAsync(nodes: 1);
        var drain = await fleet.DrainAsync(All);
        await drain.UntilAsync(DrainPhase.Evicted);
        await drain.Run.DisposeAsync();
        Assert.Equal(DrainState.Cancelled, Assert.Single(drain.Drain.Results).State);
        Assert.Equal(DrainState.Cancelled, Assert.Single(fleet.Store.All).State);
    }

    [Fact]
    public async Task One_drain_can_be_stopped_by_itself()
    {
        await using var fleet = await HeldAsync(nodes: 2);
        await using var drain = await fleet.DrainAsync(All with { UncordonOnFailure = true });
        await drain.UntilAsync(() => drain.Objects.Count(happened => happened.Phase == DrainPhase.Evicted) == 2, "both nodes are being drained");
        fleet.Store.All.Single(job => job.Node == "node-0").Stop();
        await drain.UntilAsync(() => drain.Results.Count == 1, "one has ended");
        Assert.Equal((DrainState.Cancelled, "It was stopped by Stop-KubeDrain.", false), (drain.Result("node-0").State, drain.Result("node-0").Reason, drain.Result("node-0").LeftCordoned));
        Assert.False(fleet.IsCordoned("node-0"));
        Assert.True(fleet.Store.All.Single(job => job.Node == "node-1").IsRunning);
    }

    [Fact]
    public async Task A_cluster_that_is_deselected_ends_its_drains()
    {
        await using var fleet = await HeldAsync(nodes: 2);
        await using var drain = await fleet.DrainAsync();
        await drain.UntilAsync(DrainPhase.Evicted);
        await fleet.Pool.DisconnectAsync(fleet.Pool.Selected.ToArray());
        await drain.EndAsync();
        Assert.Equal(2, drain.Results.Count);
        Assert.All(drain.Results, result => Assert.Equal((DrainState.Cancelled, "Cluster disconnected."), (result.State, result.Reason)));
        Assert.Equal([true, false], drain.Results.OrderBy(result => result.Node, StringComparer.Ordinal).Select(result => result.LeftCordoned));
        Assert.Equal("Cluster disconnected", Assert.Single(drain.Faults).Detail);
        Assert.Equal(DrainState.Cancelled, Assert.Single(fleet.Store.All).State);
    }

    [Fact]
    public async Task A_node_is_drained_once_at_a_time()
    {
        await using var fleet = await HeldAsync(nodes: 1);
        await using var first = await fleet.DrainAsync();
        await first.UntilAsync(DrainPhase.Evicted);
        await using var second = await fleet.DrainAsync();
        await second.EndAsync();
        var result = second.Result("node-0");
        Assert.Equal((DrainState.Skipped, FaultPhase.Conflict), (result.State, result.Fault!.Phase));
        Assert.Contains("cannot drain node node-0: drain 1 is at it since", result.Reason, StringComparison.Ordinal);
        Assert.Contains("Stop-KubeDrain -Id 1", result.Fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_somebody_uncordons_is_left_to_him()
    {
        await using var fleet = await HeldAsync(nodes: 1);
        await using var drain = await fleet.DrainAsync();
        await drain.UntilAsync(DrainPhase.Evicted);
        fleet.Change("nodes", null, "node-0", node => ((JsonObject)node["spec"]!).Remove("unschedulable"));
        await drain.EndAsync();
        Assert.Equal((DrainState.Failed, "Somebody else made the node schedulable again.", false), (drain.Result("node-0").State, drain.Result("node-0").Reason, drain.Result("node-0").LeftCordoned));
    }

    [Fact]
    public async Task A_node_that_comes_back_as_another_is_not_drained()
    {
        await using var fleet = await HeldAsync(nodes: 1);
        await using var drain = await fleet.DrainAsync();
        await drain.UntilAsync(DrainPhase.Evicted);
        fleet.Cluster().Store.Remove("nodes", null, "node-0");
        fleet.AddNode("node-0");
        await drain.EndAsync();
        Assert.Equal((DrainState.Failed, false), (drain.Result("node-0").State, drain.Result("node-0").LeftCordoned));
        Assert.Contains("deleted by somebody else", drain.Result("node-0").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_was_replaced_since_the_plan_is_not_touched()
    {
        await using var fleet = await DrainFleet.StartAsync();
        fleet.AddNode("node-0");
        var plans = await fleet.PlanAsync(new DrainOptions());
        fleet.Cluster().Store.Remove("nodes", null, "node-0");
        fleet.AddNode("node-0", 1);
        using var call = new MultiCluster.Nodes.Draining.FleetDrain(plans, new DrainOptions(), fleet.Store);
        await using var drain = new DrainStream(fleet.Session, (connection, sink, stop) => call.DrainAsync(connection, MultiCluster.Api.Lists.CallContext.Default, sink, stop), null);
        await drain.EndAsync();
        Assert.Equal((DrainState.Failed, false), (drain.Result("node-0").State, drain.Result("node-0").LeftCordoned));
        Assert.Contains("another bears its name now", drain.Result("node-0").Reason, StringComparison.Ordinal);
        Assert.False(fleet.IsCordoned("node-0"));
        Assert.Single(fleet.Pods("node-0"));
    }

    [Fact]
    public async Task Pods_that_arrive_meanwhile_go_too()
    {
        await using var fleet = await HeldAsync(nodes: 1);
        await using var drain = await fleet.DrainAsync();
        await drain.UntilAsync(DrainPhase.Evicted);
        fleet.AddPod("late", "node-0");
        await drain.UntilAsync(DrainPhase.Gone, "late");
        Assert.True(drain.Has(DrainPhase.Arrived, "late"));
        fleet.Change("pods", "web", "node-0-0", pod => ((JsonObject)pod["metadata"]!).Remove("finalizers"));
        fleet.Cluster().Store.Remove("pods", "web", "node-0-0");
        await drain.EndAsync();
        Assert.Equal((DrainState.Drained, 2), (drain.Result("node-0").State, drain.Result("node-0").Evicted));
    }

    [Fact]
    public async Task A_node_is_done_when_its_pods_have_their_replacements()
    {
        await using var fleet = await DrainFleet.StartAsync();
        var uid = fleet.Cluster().Store.Add("""{"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"web","namespace":"web"},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}}},"status":{"replicas":3,"readyReplicas":2} }""").Uid;
        fleet.AddNode("node-0");
        fleet.AddPod("one", "node-0", owner: $$"""{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","uid":"{{uid}}","controller":true}""");
        fleet.Change("pods", "web", "one", pod => pod["metadata"]!["finalizers"] = new JsonArray("example.com/hold"));
        await using var drain = await fleet.DrainAsync(new DrainOptions { WaitForReplacement = true });
        await drain.UntilAsync(DrainPhase.Evicted);
        SetReady(1);
        fleet.Cluster().Store.Remove("pods", "web", "one");
        await drain.UntilAsync(DrainPhase.Replacing);
        Assert.Equal("replacements", Assert.Single(fleet.Store.All).WaitsFor);
        drain.ReadAll();
        Assert.Empty(drain.Results);
        SetReady(2); // it had no more before
        await drain.EndAsync();
        Assert.Equal(DrainState.Drained, drain.Result("node-0").State);

        void SetReady(int count) => fleet.Change("replicasets.apps", "web", "web", set => set["status"]!["readyReplicas"] = count);
    }

    [Fact]
    public async Task Nodes_that_drain_together_wait_for_what_there_was_before_either()
    {
        await using var fleet = await DrainFleet.StartAsync();
        var uid = fleet.Cluster().Store.Add("""{"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"web","namespace":"web"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}}},"status":{"replicas":2,"readyReplicas":2} }""").Uid;
        var owner = $$"""{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","uid":"{{uid}}","controller":true}""";
        const string Held = "\"finalizers\":[\"example.com/hold\"]";
        fleet.AddNode("node-0");
        fleet.AddPod("one", "node-0", owner: owner, metadata: Held);
        fleet.AddNode("node-1");
        fleet.AddPod("other", "node-1", metadata: Held);
        await using var drain = await fleet.DrainAsync(new DrainOptions { MaxUnavailable = IntOrPercent.Parse("2"), WaitForReplacement = true });
        await drain.UntilAsync(DrainPhase.Evicted, "one");
        SetReady(1);
        fleet.AddPod("late", "node-1", owner: owner);
        await drain.UntilAsync(DrainPhase.Gone, "late");
        fleet.Cluster().Store.Remove("pods", "web", "one");
        fleet.Cluster().Store.Remove("pods", "web", "other");
        await TestSession.UntilAsync(() => Watches() == 2 || fleet.Store.All.Any(static job => job.State == DrainState.Drained), "both watch what is to come back");
        Assert.All(fleet.Store.All, static job => Assert.Equal(("replacements", false), (job.WaitsFor, job.State == DrainState.Drained)));
        SetReady(2);
        await drain.EndAsync();
        Assert.All(drain.Results, static result => Assert.Equal(DrainState.Drained, result.State));

        int Watches() => fleet.Cluster().Requests.All.Count(static request => request.Path.EndsWith("/replicasets", StringComparison.Ordinal) && request.Query.Contains("watch=", StringComparison.Ordinal));

        void SetReady(int count) => fleet.Change("replicasets.apps", "web", "web", set => set["status"]!["readyReplicas"] = count);
    }

    [Fact]
    public async Task The_last_five_drains_of_a_cluster_are_kept()
    {
        await using var fleet = await DrainFleet.StartAsync();
        for (var i = 0; i < 7; i++)
            fleet.AddNode($"node-{i}");
        await using var drain = await fleet.DrainAsync();
        await drain.EndAsync();
        Assert.Equal(7, drain.Results.Count);
        Assert.Equal(ClusterDrains.Kept, fleet.Store.All.Count);
        Assert.Equal(["node-2", "node-3", "node-4", "node-5", "node-6"], fleet.Store.All.Select(job => job.Node));
    }

    /// <summary>Nodes with one pod each that ends only when its finalizer is taken away.</summary>
    private static async Task<DrainFleet> HeldAsync(int nodes)
    {
        var fleet = await DrainFleet.StartAsync();
        for (var i = 0; i < nodes; i++)
        {
            fleet.AddNode($"node-{i}", 1);
            fleet.Change("pods", "web", $"node-{i}-0", pod => pod["metadata"]!["finalizers"] = new JsonArray("example.com/hold"));
        }

        return fleet;
    }
}
