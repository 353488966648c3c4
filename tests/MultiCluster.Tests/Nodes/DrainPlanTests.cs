using MultiCluster.Api.Lists;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Planning;

namespace MultiCluster.Tests.Nodes;

/// <summary>Plans of simulated clusters: what is read for them, and what they say.</summary>
public sealed class DrainPlanTests
{
    [Fact]
    public async Task Each_kind_is_listed_once_however_many_nodes_are_planned()
    {
        await using var fleet = await DrainFleet.StartAsync();
        for (var i = 0; i < 8; i++)
            fleet.AddNode($"node-{i}", 5);
        fleet.AddBudget("guard", "node-0-0", allowed: 1);
        await fleet.Pool.Selected[0].Connection!.Session.Kinds.GetAllAsync(refresh: true, TestContext.Current.CancellationToken);
        fleet.Cluster().Requests.Clear();
        var plans = await fleet.PlanAsync(new DrainOptions());
        Assert.Equal(8, plans.Count);
        Assert.All(plans, plan => Assert.Equal((5, false), (plan.Going, plan.IsBlocked)));
        Assert.Equal(
            ["/api/v1/nodes", "/api/v1/pods", "/apis/apps/v1/daemonsets", "/apis/policy/v1/poddisruptionbudgets"],
            fleet.Cluster().Requests.All.Where(request => request.Method == "GET").Select(request => request.Path).Order(StringComparer.Ordinal));
        Assert.All(fleet.Cluster().Requests.All.Where(request => request.Method != "GET"), request => Assert.StartsWith("/apis/authorization.k8s.io/", request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_few_nodes_ask_for_their_own_pods_alone()
    {
        await using var fleet = await DrainFleet.StartAsync();
        for (var i = 0; i < 8; i++)
            fleet.AddNode($"node-{i}", 5);
        var plan = Assert.Single(await fleet.PlanAsync(new DrainOptions(), new NodeQuery { Names = ["node-3"] }));
        Assert.Equal(("node-3", 5), (plan.Node, plan.Going));
        Assert.Contains("spec.nodeName", Assert.Single(fleet.Cluster().Requests.All, request => request.Path == "/api/v1/pods").Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_before_1_22_are_drained_in_v1beta1()
    {
        await using var fleet = await DrainFleet.StartAsync(version: "v1.20.2");
        fleet.AddNode("node-0", 2);
        fleet.Cluster().Store.Add("""
            {"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","metadata":{"name":"none","namespace":"web","generation":1},"spec":{"maxUnavailable":0,"selector":{} },
             "status":{"observedGeneration":1,"disruptionsAllowed":0,"currentHealthy":0,"desiredHealthy":0,"expectedPods":0} }
            """);
        await using var drain = await fleet.DrainAsync(); // an empty selector selects none there
        await drain.EndAsync();
        Assert.Equal((DrainState.Drained, 2), (drain.Result("node-0").State, drain.Result("node-0").Evicted));
    }

    [Fact]
    public async Task Budgets_are_read_with_their_pods_and_the_reason_why_none_may_go()
    {
        await using var fleet = await DrainFleet.StartAsync();
        fleet.AddNode("node-0", 2);
        fleet.AddBudget("free", "node-0-0", allowed: 1);
        fleet.AddBudget("strict", "node-0-1", allowed: 0, healthy: 1, desired: 1, expected: 1);
        async Task<DrainStream> ReadAsync(params string[] names)
        {
            var reader = new DisruptionReader(names, [], everywhere: true);
            var stream = new DrainStream(fleet.Session, (connection, sink, stop) => reader.ReadAsync(connection, "default", CallContext.Default, sink, stop), null);
            await stream.EndAsync();
            return stream;
        }

        await using var all = await ReadAsync();
        Assert.Equal(["web/free web/node-0-0 True ", "web/strict web/node-0-1 False Budget web/strict can never be met"], all.Of<KubePodDisruption>().Select(one => $"{one} {string.Join(',', one.Pods)} {one.CanBeMet} {one.Reason?.Split(':')[0]}"));
        await using var some = await ReadAsync("str*", "absent");
        Assert.Equal("strict", Assert.Single(some.Of<KubePodDisruption>()).Name);
        Assert.Contains("\"absent\" not found", Assert.Single(some.Faults).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_no_node_has_is_a_fault_and_the_others_are_planned()
    {
        await using var fleet = await DrainFleet.StartAsync();
        fleet.AddNode("node-0", 1);
        var planner = new DrainPlanner(new DrainOptions());
        var query = new NodeQuery { Names = ["node-*", "absent"] };
        await using var stream = new DrainStream(fleet.Session, (connection, sink, stop) => planner.PlanAsync(connection, query, CallContext.Default, sink, stop), null);
        await stream.EndAsync();
        Assert.Equal("node-0", Assert.Single(stream.Of<KubeDrainPlan>()).Node);
        Assert.Equal("NotFound", Assert.Single(stream.Faults).Phase.ToString());
    }
}
