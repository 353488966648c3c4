using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Nodes;

/// <summary>Evictions, cordons, deletions and rights on a real API server.</summary>
[Trait("Category", "ControlPlane")]
public sealed class ControlPlaneEvictionTests(DrainServer server) : IClassFixture<DrainServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Budgets_refuse_evictions_as_the_plan_says()
    {
        await using var session = await server.SelectAsync();
        var connection = DrainServer.ConnectionOf(session);
        await DrainServer.AddNodeAsync(connection, "busy");
        await DrainServer.AddBudgetAsync(connection, "default", "tight", "\"minAvailable\":2", """{"matchLabels":{"app":"tight"} }""", 0, 2, 2, 2);
        await DrainServer.AddBudgetAsync(connection, "default", "wide", "\"minAvailable\":1", """{"matchLabels":{"wide":"yes"} }""", 1, 2, 1, 2);
        var managed = DrainServer.Owner("ReplicaSet", "web", "rs");
        await DrainServer.AddPodAsync(connection, "default", "tight", "busy", $"{managed},\"labels\":{{\"app\":\"tight\"}}");
        await DrainServer.AddPodAsync(connection, "default", "wide", "busy", $"{managed},\"labels\":{{\"wide\":\"yes\"}}");
        await DrainServer.AddPodAsync(connection, "default", "both", "busy", $"{managed},\"labels\":{{\"app\":\"tight\",\"wide\":\"yes\"}}");
        var plan = Assert.Single(await new DrainPlanner(new DrainOptions()).PlanAsync(connection, [await NodeAsync(connection, "busy")], CallContext.Default, Cancelled));
        Assert.Equal(
            ["both Blocked both? tight,wide", "tight Blocked never? tight", "wide Evict  wide"],
            plan.Pods.OrderBy(pod => pod.Name, StringComparer.Ordinal).Select(pod => $"{pod.Name} {pod.Outcome} {Kind(pod)} {string.Join(',', pod.Budgets)}"));

        var version = await EvictionApi.FindAsync(connection.Session.Client, RequestTimeouts.Default, Cancelled);
        Assert.Equal("v1beta1", version); // 1.20
        var evictor = new PodEvictor(connection.Session.Client, connection.Session.Writer, version, 0, dryRun: false);
        async Task<EvictionAnswer> EvictAsync(string name, string? uid = null) =>
            await evictor.EvictAsync("default", name, uid ?? plan.Pods.Single(pod => pod.Name == name).Uid, CallContext.Default, Cancelled);
        var refused = await EvictAsync("tight");
        Assert.Equal((EvictionVerdict.Budget, "tight"), (refused.Verdict, refused.Budget));
        Assert.StartsWith("The disruption budget tight needs 2 healthy pods", refused.Sentence, StringComparison.Ordinal);
        Assert.Equal(EvictionVerdict.TwoBudgets, (await EvictAsync("both")).Verdict);
        Assert.Equal(EvictionVerdict.Accepted, (await EvictAsync("wide")).Verdict);
        Assert.Equal(EvictionVerdict.Gone, (await EvictAsync("wide")).Verdict);
        var deleter = new PodEvictor(connection.Session.Client, connection.Session.Writer, null, 0, dryRun: false);
        Assert.Equal(EvictionVerdict.Gone, (await deleter.EvictAsync("default", "tight", "another-uid", CallContext.Default, Cancelled)).Verdict);
        Assert.Equal(EvictionVerdict.Accepted, (await deleter.EvictAsync("default", "tight", null, CallContext.Default, Cancelled)).Verdict);

        static string Kind(KubeDrainPod pod) => pod.Reasons.Count == 0 ? "" : pod.Reasons[^1].Contains("never", StringComparison.Ordinal) ? "never?" : "both?";
    }

    [Fact]
    public async Task A_node_is_cordoned_once_and_only_the_one_that_is_meant()
    {
        await using var session = await server.SelectAsync();
        var connection = DrainServer.ConnectionOf(session);
        await DrainServer.AddNodeAsync(connection, "calm");
        var cordon = new NodeCordon(connection);
        var first = await cordon.SetAsync("calm", null, unschedulable: true, dryRun: true, CallContext.Default, Cancelled);
        Assert.True(first.Changed);
        Assert.False((await NodeAsync(connection, "calm")).Unschedulable);
        first = await cordon.SetAsync("calm", first.Node.Uid, unschedulable: true, dryRun: false, CallContext.Default, Cancelled);
        Assert.True(first.Changed && first.Node.Unschedulable);
        var again = await cordon.SetAsync("calm", first.Node.Uid, unschedulable: true, dryRun: false, CallContext.Default, Cancelled);
        Assert.Equal((false, first.Node.ResourceVersion), (again.Changed, again.Node.ResourceVersion));
        var error = await Assert.ThrowsAsync<FaultException>(() => cordon.SetAsync("calm", "another-uid", unschedulable: false, dryRun: false, CallContext.Default, Cancelled));
        Assert.Equal(FaultPhase.NotFound, error.Fault.Phase);
        Assert.True((await cordon.SetAsync("calm", null, unschedulable: false, dryRun: false, CallContext.Default, Cancelled)).Changed);
        Assert.False((await NodeAsync(connection, "calm")).Unschedulable);
    }

    [Fact]
    public async Task A_finalizer_holds_an_object_until_it_is_removed()
    {
        await using var session = await server.SelectAsync();
        var connection = DrainServer.ConnectionOf(session);
        var kind = NodeKinds.Of("ConfigMap");
        await DrainServer.PostAsync(connection, "/api/v1/namespaces/default/configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","finalizers":["example.com/a","example.com/b"]} }""");
        var map = await connection.Session.Objects.GetAsync(kind, "default", "held", metadataOnly: false, CallContext.Default, Cancelled);
        var writer = connection.Session.Writer;
        Assert.Equal(DeleteOutcome.WasGone, await writer.DeleteAsync(kind, "default", "held", new DeleteQuery { Uid = "another" }, CallContext.Default, Cancelled));
        Assert.Equal(DeleteOutcome.Terminating, await writer.DeleteAsync(kind, "default", "held", new DeleteQuery { Uid = map.Uid }, CallContext.Default, Cancelled));
        var (left, written) = await writer.RemoveFinalizersAsync(map, ["example.com/a"], dryRun: false, CallContext.Default, Cancelled);
        Assert.True(written);
        Assert.Contains("example.com/b", left.ToJson(), StringComparison.Ordinal);
        Assert.True((await writer.RemoveFinalizersAsync(map, null, dryRun: false, CallContext.Default, Cancelled)).Written);
        Assert.Equal(DeleteOutcome.WasGone, await writer.DeleteAsync(kind, "default", "held", new DeleteQuery(), CallContext.Default, Cancelled));
    }

    [Fact]
    public async Task Missing_rights_are_named_before_anything_starts()
    {
        await using var session = await server.SelectAsync("limited.kubeconfig");
        var connection = DrainServer.ConnectionOf(session);
        var fault = await new DrainPermissions(connection, new DrainOptions(), CallContext.Default).CheckClusterAsync([], Cancelled);
        Assert.Equal("the user may not get nodes, patch nodes, list pods", fault!.Detail);
        fault = await new DrainPermissions(connection, new DrainOptions { DisableEviction = true }, CallContext.Default).CheckPodsAsync(["default", "web"], Cancelled);
        Assert.EndsWith("cannot drain nodes: the user may not delete pods in namespaces default and web.", fault!.Message, StringComparison.Ordinal);
        await using var admin = await server.SelectAsync();
        Assert.Null(await new DrainPermissions(DrainServer.ConnectionOf(admin), new DrainOptions(), CallContext.Default).CheckClusterAsync([], Cancelled));
        Assert.Null(await new DrainPermissions(DrainServer.ConnectionOf(admin), new DrainOptions(), CallContext.Default).CheckPodsAsync(["default"], Cancelled));
    }

    private static async Task<KubeNode> NodeAsync(ClusterConnection connection, string name) =>
        (KubeNode)await connection.Session.Objects.GetAsync(NodeKinds.Node, null, name, metadataOnly: false, CallContext.Default, Cancelled);
}
