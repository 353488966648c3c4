using MultiCluster.Nodes;

namespace MultiCluster.Tests.Nodes;

/// <summary>Pods of what is called DaemonSet and is not Kubernetes' own.</summary>
public sealed class DrainDaemonSetTests
{
    private const string Kruise = "apps.kruise.io/v1alpha1";

    [Theory]
    [InlineData(true, 2, 0)]
    [InlineData(false, 2, 1)]
    public async Task A_daemon_set_of_another_group_is_there_when_its_group_has_it(bool ignores, int going, int blocked)
    {
        await using var fleet = await StartAsync();
        fleet.AddPod("agent-1", "node-a", owner: DrainFleet.DaemonSetOwner(Kruise, "agent", fleet.AddDaemonSet(Kruise, "agent")));

        var plan = Assert.Single(await fleet.PlanAsync(new DrainOptions { IgnoreDaemonSet = ignores }));

        Assert.Equal((going, blocked), (plan.Going, plan.Blocked));
        Assert.Contains("belongs to DaemonSet agent", Assert.Single(plan.Pods.Single(static pod => pod.Name == "agent-1").Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Kruise)]
    [InlineData("nowhere.example.com/v1")]
    public async Task One_that_its_group_does_not_have_is_gone(string apiVersion)
    {
        await using var fleet = await StartAsync();
        fleet.AddPod("agent-1", "node-a", owner: DrainFleet.DaemonSetOwner(apiVersion, "agent", "gone"));

        var pod = Assert.Single(await fleet.PlanAsync(new DrainOptions { IgnoreDaemonSet = true })).Pods.Single(static pod => pod.Name == "agent-1");

        Assert.Contains("had the DaemonSet agent, which is gone", Assert.Single(pod.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_group_of_old_clusters_means_kubernetes_own()
    {
        await using var fleet = await StartAsync();
        fleet.AddPod("agent-1", "node-a", owner: DrainFleet.DaemonSetOwner("extensions/v1beta1", "agent", fleet.AddDaemonSet("apps/v1", "agent")));

        Assert.Equal(1, Assert.Single(await fleet.PlanAsync(new DrainOptions { IgnoreDaemonSet = true })).Staying);
    }

    [Fact]
    public async Task A_drain_leaves_its_pods_where_they_are()
    {
        await using var fleet = await StartAsync();
        fleet.AddPod("agent-1", "node-a", owner: DrainFleet.DaemonSetOwner(Kruise, "agent", fleet.AddDaemonSet(Kruise, "agent")));

        await using var drain = await fleet.DrainAsync(new DrainOptions { IgnoreDaemonSet = true, Force = true });
        await drain.EndAsync();

        Assert.Equal((DrainState.Drained, 2), (drain.Result("node-a").State, drain.Result("node-a").Evicted));
        Assert.Equal(["agent-1"], fleet.Pods("node-a"));
    }

    private static async Task<DrainFleet> StartAsync()
    {
        var fleet = await DrainFleet.StartAsync();
        fleet.Cluster().Store.Add("""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"daemonsets.apps.kruise.io"},
             "spec":{"group":"apps.kruise.io","scope":"Namespaced","names":{"plural":"daemonsets","singular":"daemonset","kind":"DaemonSet"},
                     "versions":[{"name":"v1alpha1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"} } }]} }
            """);
        fleet.AddNode("node-a", 2);
        return fleet;
    }
}
