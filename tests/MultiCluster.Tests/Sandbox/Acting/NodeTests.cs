namespace MultiCluster.Tests.Sandbox.Acting;

/// <summary>Nodes that are cordoned, go, and come back as others.</summary>
public sealed class NodeTests
{
    private const string Node = "/api/v1/nodes/n1";

    [Fact]
    public async Task A_cordon_is_a_taint_too()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.Client.PatchAsync(Node, """{"spec":{"taints":[{"key":"own","effect":"NoExecute"}]}}""");
        await acting.CordonAsync("n1");
        var taints = (await acting.Client.GetAsync(Node))["spec"]!["taints"]!.AsArray();
        Assert.Equal(["own NoExecute ", "node.kubernetes.io/unschedulable NoSchedule 2026-01-01T00:00:00Z"], taints.Select(t => $"{t!["key"]} {t["effect"]} {t["timeAdded"]}"));
        await acting.CordonAsync("n1", cordoned: false);
        Assert.Equal("own", Assert.Single((await acting.Client.GetAsync(Node))["spec"]!["taints"]!.AsArray())!["key"]!.ToString());
    }

    [Fact]
    public async Task A_replaced_node_has_another_uid_and_no_cordon_and_no_pods()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.AddPod("p");
        acting.AddPod("q", "n2");
        await acting.CordonAsync("n1");
        var before = await acting.Client.GetAsync(Node);
        using var watch = await WatchLines.OpenAsync(acting.Client, $"/api/v1/nodes?watch=true&resourceVersion={acting.Cluster.Store.ResourceVersion}");
        acting.Advance(5);
        acting.Cluster.Controllers.ReplaceNode("n1");
        Assert.Equal(["DELETED n1", "ADDED n1"], await watch.TakeAsync(2));
        var after = await acting.Client.GetAsync(Node);
        Assert.NotEqual(before["metadata"]!["uid"]!.ToString(), after["metadata"]!["uid"]!.ToString());
        Assert.Equal("2026-01-01T00:00:05Z", after["metadata"]!["creationTimestamp"]!.ToString());
        Assert.Null(after["spec"]!["unschedulable"]);
        Assert.Null(after["spec"]!["taints"]);
        Assert.Equal(["q"], await acting.NamesAsync());
        Assert.Throws<InvalidOperationException>(() => acting.Cluster.Controllers.ReplaceNode("none"));
    }

    [Fact]
    public async Task The_pods_of_a_node_that_stays_away_are_removed()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.AddPod("p");
        acting.AddPod("q", "n2");
        await acting.Client.DeleteAsync(Node);
        await acting.Client.DeleteAsync("/api/v1/nodes/n2");
        acting.Advance(39);
        acting.Cluster.Store.Add(ActingCluster.Node("n2"));
        Assert.Equal(["p", "q"], await acting.NamesAsync());
        acting.Advance(1);
        Assert.Equal(["q"], await acting.NamesAsync());
    }
}
