using MultiCluster.Faults;
using MultiCluster.Nodes;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;

namespace MultiCluster.Tests.Nodes;

/// <summary>Drains by somebody who may do what kubectl needs for a drain, and nothing else.</summary>
public sealed class DrainRightsTests
{
    private static readonly AccessRule[] KubectlNeeds =
    [
        new("get patch", "nodes"), new("get list", "pods"), new("create", "pods/eviction"), new("get", "daemonsets"), new("create", "selfsubjectaccessreviews selfsubjectrulesreviews"),
    ];

    private static readonly NodeQuery NodeA = new() { Names = ["node-a"] };

    [Fact]
    public async Task A_named_node_is_drained_with_the_rights_that_kubectl_needs()
    {
        await using var fleet = await StartAsync(KubectlNeeds);

        await using var drain = await fleet.DrainAsync(nodes: NodeA);
        await drain.EndAsync();

        Assert.Empty(drain.Faults);
        Assert.Equal((DrainState.Drained, 3), (drain.Result("node-a").State, drain.Result("node-a").Evicted));
        Assert.True(fleet.IsCordoned("node-a"));
        Assert.DoesNotContain(fleet.Cluster().Requests.All, static request => request.Query.Contains("watch=true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_role_for_one_node_suffices_for_it()
    {
        await using var fleet = await StartAsync([new("get patch", "nodes", Name: "node-a"), .. KubectlNeeds[1..]]);

        Assert.Equal(3, Assert.Single(await fleet.PlanAsync(new DrainOptions(), NodeA)).Going);
    }

    [Fact]
    public async Task A_node_that_leaves_is_noticed_without_a_watch()
    {
        await using var fleet = await StartAsync(KubectlNeeds);
        fleet.Cluster().Controllers.PodTerminationTime = TimeSpan.FromHours(1);
        await using var drain = await fleet.DrainAsync(nodes: NodeA);
        await drain.UntilAsync(() => fleet.Evictions().Any(), "a pod is evicted");

        fleet.Cluster().Store.Remove("nodes", null, "node-a");
        await drain.EndAsync();

        Assert.Equal(DrainState.Failed, drain.Result("node-a").State);
    }

    [Fact]
    public async Task What_kubectl_needs_is_needed()
    {
        await using var fleet = await StartAsync([new("get", "nodes"), new("create", "selfsubjectaccessreviews")]);

        await using var stream = fleet.Plan(new DrainOptions(), NodeA);
        await stream.EndAsync();

        var fault = Assert.Single(stream.Faults);
        Assert.Equal((FaultPhase.Forbidden, "the user may not patch nodes, list pods"), (fault.Phase, fault.Detail));
    }

    [Theory]
    [InlineData("daemonsets", true, 3)]
    [InlineData("nothing", true, 3)]
    [InlineData("daemonsets", false, 4)]
    public async Task The_daemon_sets_of_the_pods_are_asked_for_one_by_one_and_count_as_there_when_even_that_is_forbidden(string allowed, bool exists, int going)
    {
        await using var fleet = await StartAsync([.. KubectlNeeds.Where(static rule => rule.Resources != "daemonsets"), new("get", allowed)]);
        var uid = exists ? fleet.AddDaemonSet("apps/v1", "agent") : "gone";
        fleet.AddPod("agent-1", "node-a", owner: DrainFleet.DaemonSetOwner("apps/v1", "agent", uid));

        var plan = Assert.Single(await fleet.PlanAsync(new DrainOptions { IgnoreDaemonSet = true, Force = true }, NodeA));

        Assert.Equal((going, false), (plan.Going, plan.IsBlocked));
    }

    private static async Task<DrainFleet> StartAsync(AccessRule[] rules)
    {
        var fleet = await DrainFleet.StartAsync(user: UserKind.Limited);
        fleet.Cluster().LimitedUser.Rules = rules;
        fleet.AddNode("node-a", 3);
        return fleet;
    }
}
