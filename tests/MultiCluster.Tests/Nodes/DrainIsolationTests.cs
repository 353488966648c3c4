using System.Text.Json.Nodes;
using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Draining;
using MultiCluster.Nodes.Planning;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Nodes;

/// <summary>Clusters that fail, beside others that are drained.</summary>
public sealed class DrainIsolationTests
{
    [Fact]
    public async Task A_cluster_that_refuses_the_login_keeps_no_other_from_being_planned_and_drained()
    {
        await using var fleet = await DrainFleet.StartAsync(clusters: 3);
        foreach (var cluster in (string[])["sim-1", "sim-2", "sim-3"])
            fleet.AddNode("node-a", 3, cluster);
        fleet.Cluster("sim-2").Faults.Add(ClusterFault.Unauthorized());
        var planner = new DrainPlanner(new DrainOptions());
        await using var planning = new DrainStream(fleet.Session, (connection, sink, stop) => planner.PlanAsync(connection, new NodeQuery(), CallContext.Default, sink, stop), null);
        await planning.EndAsync();
        Assert.Equal(FaultPhase.Unauthorized, Assert.Single(planning.Faults).Phase);
        using var call = new FleetDrain([.. planning.Of<KubeDrainPlan>()], new DrainOptions(), fleet.Store);
        await using var drain = new DrainStream(fleet.Session, (connection, sink, stop) => call.DrainAsync(connection, CallContext.Default, sink, stop), null);
        await drain.EndAsync();
        Assert.Empty(drain.Faults);
        Assert.Equal(["sim-1 Drained 3", "sim-3 Drained 3"], drain.Results.Select(result => $"{result.ClusterName} {result.State} {result.Evicted}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cluster_that_goes_down_ends_its_own_drains_in_time_and_no_other()
    {
        await using var fleet = await DrainFleet.StartAsync(clusters: 2);
        foreach (var cluster in (string[])["sim-1", "sim-2"])
        {
            fleet.AddNode("node-a", 2, cluster);
            fleet.AddNode("node-b", 1, cluster);
        }

        fleet.Change("pods", "web", "node-a-0", pod => pod["metadata"]!["finalizers"] = new JsonArray("example.com/hold"));
        await using var drain = await fleet.DrainAsync(new DrainOptions { NodeTimeout = TimeSpan.FromSeconds(15) });
        await drain.UntilAsync(() => drain.Objects.Any(happened => happened is { ClusterName: "sim-1", Phase: DrainPhase.Evicted, Pod: "node-a-0" }), "the pod is ending");
        await fleet.Cluster().StopAsync();
        await drain.UntilAsync(() => drain.Results.Count(result => result.ClusterName == "sim-2") == 2, "the other cluster is drained");
        Assert.All(drain.Results.Where(result => result.ClusterName == "sim-2"), result => Assert.Equal(DrainState.Drained, result.State));
        foreach (var job in fleet.Store.All)
            job.Stop();
        await drain.UntilAsync(() => drain.Results.Any(result => result is { ClusterName: "sim-1", Node: "node-a" }), "its own drain has ended");
        var own = drain.Results.First(result => result is { ClusterName: "sim-1", Node: "node-a" });
        Assert.Equal((DrainState.Cancelled, true), (own.State, own.LeftCordoned));
        Assert.Contains("web/node-a-0", own.RemainingPods);
    }

    [Fact]
    public async Task A_drain_leaves_no_request_behind()
    {
        await using var fleet = await DrainFleet.StartAsync();
        fleet.AddNode("node-a", 5);
        await using var drain = await fleet.DrainAsync();
        await drain.EndAsync();
        await TestSession.UntilAsync(() => fleet.Cluster().ActiveRequests == 0, "no request is under way");
        Assert.Equal(0, fleet.Pool.Selected[0].Connection!.Telemetry!.InFlight);
    }

    [Fact]
    public async Task Workloads_move_elsewhere_one_at_a_time_as_their_budget_wants()
    {
        await using var fleet = await DrainFleet.StartAsync();
        var cluster = fleet.Cluster();
        cluster.Controllers.PodStartTime = TimeSpan.FromMilliseconds(50);
        foreach (var node in (string[])["node-a", "node-b", "node-c", "node-d"])
            fleet.AddNode(node);
        cluster.Store.Add("""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"shop","namespace":"web"},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"shop"} },
             "template":{"metadata":{"labels":{"app":"shop"} },"spec":{"containers":[{"name":"app","image":"x"}]} } } }
            """);
        cluster.Store.Add("""{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"shop","namespace":"web"},"spec":{"minAvailable":2,"selector":{"matchLabels":{"app":"shop"} } } }""");
        cluster.Controllers.Start();
        await TestSession.UntilAsync(() => Ready() == 3, "the workload is ready");
        var busy = cluster.Store.List("pods", "web").Select(pod => pod.ToJson()["spec"]!["nodeName"]!.ToString()).Distinct().Take(2).ToArray();
        await using var drain = await fleet.DrainAsync(new DrainOptions { MaxUnavailable = IntOrPercent.Parse("2"), WaitForReplacement = true }, nodes: new NodeQuery { Names = busy });
        await drain.UntilAsync(() => drain.Results.Count == busy.Length, "the nodes are drained");
        Assert.All(drain.Results, result => Assert.Equal(DrainState.Drained, result.State));
        Assert.All(busy, node => Assert.Empty(fleet.Pods(node)));
        Assert.Equal(3, Ready());

        // The ReplicaSet's, which the drain waits for: the Deployment's comes a moment later.
        int Ready() => cluster.Store.List("replicasets.apps", "web").Sum(static set => set.ToJson()["status"]?["readyReplicas"]?.GetValue<int>() ?? 0);
    }
}
