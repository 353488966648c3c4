using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Metrics;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Metrics;

public sealed class UsageReaderTests
{
    private static readonly FleetOptions WithMetrics = new() { Pods = 40, Metrics = true };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_and_pods_are_read_with_what_they_use()
    {
        await using var session = await TestSession.SelectedAsync(WithMetrics);
        session.Fleet["sim-1"].Metrics.SetNode("node-2", "1500m", "3Gi");
        var reader = Reader(session);

        var nodes = await reader.NodesAsync(null, Stop);
        var pods = await reader.PodsAsync(null, null, Stop);

        Assert.Equal(("1500000000n", "3145728Ki"), ($"{nodes.Single(node => node.Name == "node-2").Cpu}", $"{nodes.Single(node => node.Name == "node-2").Memory}"));
        Assert.All(pods, pod => Assert.True(pod.Cpu > 0 && pod.Memory > 0 && pod.ClusterName == "sim-1"));
        Assert.Equal(pods.Where(pod => pod.Namespace == "web").Select(pod => pod.Name), (await reader.PodsAsync("web", null, Stop)).Select(pod => pod.Name));
        Assert.Equal(pods[0].Memory, (await reader.PodAsync(pods[0].Namespace, pods[0].Name, Stop))!.Memory);
    }

    [Fact]
    public async Task What_was_not_measured_is_null_and_no_error()
    {
        await using var session = await TestSession.SelectedAsync(WithMetrics);
        session.Fleet["sim-1"].Metrics.OmitNode("node-2");

        Assert.Null(await Reader(session).NodeAsync("node-2", Stop));
        Assert.Null(await Reader(session).PodAsync("web", "not-there", Stop));
    }

    [Fact]
    public async Task A_cluster_without_metrics_says_so_and_what_to_do()
    {
        await using var session = await TestSession.SelectedAsync(WithMetrics with { Metrics = false });

        foreach (var read in (Func<Task>[])[() => Reader(session).NodesAsync(null, Stop), () => Reader(session).PodAsync("web", "web-1", Stop)])
        {
            var fault = (await Assert.ThrowsAsync<FaultException>(read)).Fault;
            Assert.Equal((FaultPhase.KindNotFound, "the cluster serves no metrics (metrics.k8s.io/v1beta1)"), (fault.Phase, fault.Detail));
            Assert.Contains("metrics-server", fault.Advice, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_may_read_one_namespace_alone_reads_that_one()
    {
        await using var session = await TestSession.SelectedAsync(WithMetrics, UserKind.Limited);
        session.Fleet["sim-1"].LimitedUser.Rules = [new AccessRule("get list", "pods", "web", "metrics.k8s.io")];

        Assert.NotEmpty(await Reader(session).PodsAsync("web", null, Stop));
        Assert.Equal(FaultPhase.Forbidden, (await Assert.ThrowsAsync<FaultException>(() => Reader(session).PodsAsync(null, null, Stop))).Fault.Phase);
    }

    private static UsageReader Reader(TestSession session) => new(session.Connection("sim-1"), CallContext.Default);
}
