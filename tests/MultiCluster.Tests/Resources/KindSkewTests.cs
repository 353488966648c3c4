using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Discovery;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

public sealed class KindSkewTests
{
    private static readonly FleetOptions Two = new() { Clusters = 2, Pods = 30 };

    [Theory]
    [InlineData("widgets", "widgets.example.com")]
    [InlineData("ingresses", "ingresses.networking.k8s.io")]
    public async Task A_kind_that_one_cluster_lacks_is_that_clusters_fault_only(string kind, string plural)
    {
        await using var session = await TestSession.SelectedAsync(Two);
        session.Fleet["sim-2"].Faults.Add(ClusterFault.MissingKind(plural));
        var answer = await session.ReadAsync(kind);
        Assert.NotEmpty(answer.Names("sim-1"));
        Assert.Empty(answer.Names("sim-2"));
        var fault = Assert.Single(answer.Faults);
        Assert.Equal(FaultPhase.KindNotFound, fault.Phase);
        Assert.Equal("sim-2", fault.Cluster!.ClusterName);
        Assert.Contains("Get-KubeApiResource", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_kinds_come_in_the_order_asked_and_a_missing_one_holds_none_up()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        session.Fleet["sim-2"].Faults.Add(ClusterFault.MissingKind("widgets.example.com"));
        var answer = await session.ReadAsync("svc", "Widget", "deploy");
        foreach (var (cluster, kinds) in new[] { ("sim-1", new[] { "Service", "Widget", "Deployment" }), ("sim-2", ["Service", "Deployment"]) })
            Assert.Equal(kinds, answer.Objects.Where(item => item.ClusterName == cluster).Select(item => item.Kind).Distinct());
        Assert.Equal("sim-2", Assert.Single(answer.Faults).Cluster!.ClusterName);
        Assert.Equal([FanOutOutcome.Answered, FanOutOutcome.Failed], answer.Report.Clusters.Select(row => row.Outcome));
    }

    [Fact]
    public async Task An_unknown_kind_says_what_is_near()
    {
        await using var session = await TestSession.SelectedAsync(Two with { Clusters = 1 });
        var fault = Assert.Single((await session.ReadAsync("widgts")).Faults);
        Assert.Equal(FaultPhase.KindNotFound, fault.Phase);
        Assert.Contains("Did you mean widgets", fault.Advice, StringComparison.Ordinal);
        Assert.Contains("\"widgts\"", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DiscoveryMode.V2)]
    [InlineData(DiscoveryMode.V2Beta1)]
    [InlineData(DiscoveryMode.None)]
    public async Task A_broken_group_blocks_no_other(DiscoveryMode discovery)
    {
        await using var session = await TestSession.SelectedAsync(Two with { Clusters = 1, Discovery = discovery });
        session.Fleet["sim-1"].Faults.Add(ClusterFault.BrokenGroup("metrics.k8s.io/v1beta1"));
        session.Fleet["sim-1"].Faults.Add(ClusterFault.BrokenGroup("cert-manager.io/v1"));
        var answer = await session.ReadAsync("certificates", "widgets", "pods");
        Assert.Equal(3 + 30, answer.Objects.Count);
        var fault = Assert.Single(answer.Faults);
        Assert.Contains(fault.Phase, new[] { FaultPhase.Server, FaultPhase.KindNotFound });
    }

    [Fact]
    public async Task A_server_error_for_one_kind_does_not_end_the_others()
    {
        await using var session = await TestSession.SelectedAsync(Two with { Clusters = 1 });
        session.Fleet["sim-1"].Faults.Add(ClusterFault.InternalError().When(request => request.Resource == "services"));
        var answer = await session.ReadAsync("services", "pods");
        Assert.Equal(FaultPhase.Server, Assert.Single(answer.Faults).Phase);
        Assert.Equal(30, answer.Objects.Count);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_one_fault_however_many_kinds_are_asked_for()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        session.Fleet["sim-2"].Faults.Add(ClusterFault.Refuse());
        var answer = await session.ReadAsync("services", "pods", "nodes");
        Assert.Equal(FaultPhase.Connect, Assert.Single(answer.Faults).Phase);
    }
}
