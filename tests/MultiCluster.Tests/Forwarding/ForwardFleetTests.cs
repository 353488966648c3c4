using System.Net.Sockets;
using MultiCluster.Faults;
using MultiCluster.Forwarding;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Forwarding;

/// <summary>The same forward in many clusters.</summary>
public sealed class ForwardFleetTests : IAsyncLifetime
{
    private TestSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _session = await TestSession.SelectedAsync(ForwardPods.Empty with { Clusters = 3 });
        foreach (var cluster in _session.Fleet.Clusters)
            cluster.AddPod("web-1");
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public async Task Each_cluster_has_a_local_port_of_its_own()
    {
        var started = await TestForwards.StartAsync(_session, ForwardPods.One);

        Assert.Equal(["sim-1", "sim-2", "sim-3"], started.All.Select(static one => one.ClusterName).Order());
        Assert.Equal(3, started.All.Select(static one => one.LocalPort).Distinct().Count());
        await Task.WhenAll(started.All.Select(async forward => Assert.Equal("web-1 /", await TestForwards.GetAsync(forward))));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_a_fault_and_delays_no_other()
    {
        using var hole = _session.Fleet.Clusters[1].Faults.Add(ClusterFault.BlackHole());

        var started = await TestForwards.StartAsync(_session, ForwardPods.One, TimeSpan.FromSeconds(1));

        Assert.Equal("sim-2", started.Fault.Cluster!.ClusterName);
        Assert.Equal(["sim-1", "sim-3"], started.All.Select(static one => one.ClusterName).Order());
    }

    [Fact]
    public async Task A_cluster_that_hangs_later_delays_no_others_connections()
    {
        var started = await TestForwards.StartAsync(_session, ForwardPods.One, TimeSpan.FromSeconds(2));
        using var hole = _session.Fleet.Clusters[1].Faults.Add(ClusterFault.NeverAnswer());
        var hanging = TestForwards.EndAsync(started.All.Single(static one => one.ClusterName == "sim-2"));

        foreach (var forward in started.All.Where(static one => one.ClusterName != "sim-2"))
            Assert.Equal("web-1 /", await TestForwards.GetAsync(forward));

        Assert.Equal(SocketError.ConnectionReset, await hanging);
        Assert.Equal(FaultPhase.Timeout, started.All.Single(static one => one.ClusterName == "sim-2").LastFault!.Phase);
    }

    [Fact]
    public async Task A_fixed_local_port_cannot_lead_to_several_clusters()
    {
        var fault = (await Assert.ThrowsAsync<FaultException>(() => TestForwards.StartAsync(_session, ForwardPods.To("web-1", "8080:8080")))).Fault;

        Assert.Equal((FaultPhase.Invalid, "the local port 8080 cannot lead to 3 clusters"), (fault.Phase, fault.Detail));
        Assert.Contains(":8080", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deselecting_a_cluster_ends_its_forwards_and_no_others()
    {
        var started = await TestForwards.StartAsync(_session, ForwardPods.One);

        await _session.Pool.DisconnectAsync([_session.Cluster("sim-2")]);

        Assert.Equal(["sim-1", "sim-3"], ForwardStore.Of(_session.Pool).All.Select(static one => one.ClusterName).Order());
        foreach (var forward in started.All.Where(static one => one.ClusterName != "sim-2"))
            Assert.Equal("web-1 /", await TestForwards.GetAsync(forward));
    }
}
