using System.Net.Sockets;
using MultiCluster.Faults;
using MultiCluster.Forwarding;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Containers;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Forwarding;

/// <summary>How a forward outlives its pods and its cluster's troubles, and how it ends.</summary>
public sealed class ForwardLifeTests : IAsyncLifetime
{
    private TestSession _session = null!;

    private SimulatedCluster Cluster => _session.Fleet.Clusters[0];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _session = await TestSession.SelectedAsync(ForwardPods.Empty);

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public async Task The_next_connection_goes_to_the_next_pod_when_one_is_gone()
    {
        var owner = Cluster.AddOwner("ReplicaSet", "web");
        Cluster.AddPod("web-1", owner: owner);
        Cluster.AddPod("web-2", owner: owner);
        Cluster.AddService("api");
        var forward = (await TestForwards.StartAsync(_session, ForwardPods.To("svc/api", "80"))).One;
        var first = forward.Pod;
        Assert.Equal($"{first} /", await TestForwards.GetAsync(forward));

        Cluster.RemovePod(first);

        var second = first == "web-1" ? "web-2" : "web-1";
        Assert.Equal($"{second} /", await TestForwards.GetAsync(forward));
        Assert.Equal((second, ForwardState.Ready), (forward.Pod, forward.State));
    }

    [Fact]
    public async Task Connections_of_a_pod_that_ends_are_closed()
    {
        Cluster.AddPod("web-1");
        var forward = (await TestForwards.StartAsync(_session, ForwardPods.One)).One;
        using var socket = await TestForwards.ConnectAsync(forward);
        await socket.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), SocketFlags.None, Stop);
        await TestSession.UntilAsync(() => forward.BytesIn > 0, "the pod has answered");

        Cluster.RemovePod("web-1");

        Assert.Equal(SocketError.Success, await TestForwards.EndAsync(socket));
        await TestForwards.ClosedAsync(forward);
    }

    [Fact]
    public async Task A_pod_of_a_StatefulSet_that_was_named_is_waited_for()
    {
        var owner = Cluster.AddOwner("StatefulSet", "db");
        Cluster.AddPod("db-0", owner: owner);
        var forward = (await TestForwards.StartAsync(_session, ForwardPods.To("db-0", "8080"))).One;
        Cluster.RemovePod("db-0");

        var answer = TestForwards.GetAsync(forward);
        await TestSession.UntilAsync(() => forward.State == ForwardState.Waiting, "it waits for the next pod");
        Cluster.AddPod("db-0", owner: owner);

        Assert.Equal("db-0 /", await answer);
        Assert.Equal(ForwardState.Ready, forward.State);
    }

    [Fact]
    public async Task A_connection_does_not_wait_for_a_pod_for_ever()
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var session = await TestSession.SelectedAsync(ForwardPods.Empty, options: options => options with { Time = clock });
        var cluster = session.Fleet.Clusters[0];
        cluster.AddPod("db-0", owner: cluster.AddOwner("StatefulSet", "db"));
        var forward = (await TestForwards.StartAsync(session, ForwardPods.To("db-0", "8080"))).One;
        cluster.RemovePod("db-0");
        var begun = clock.GetUtcNow();

        var end = TestForwards.EndAsync(forward);
        await TestSession.UntilAsync(
            () =>
            {
                if (forward.State == ForwardState.Waiting)
                    clock.Advance(TimeSpan.FromSeconds(1));
                return end.IsCompleted;
            },
            "it waits no more");

        Assert.Equal(SocketError.ConnectionReset, await end);
        Assert.True(clock.GetUtcNow() - begun >= PodRoute.Patience);
        Assert.Equal(ForwardState.Waiting, forward.State);
    }

    [Fact]
    public async Task A_pod_that_nothing_makes_again_is_said_to_be_gone()
    {
        Cluster.AddPod("web-1");
        var forward = (await TestForwards.StartAsync(_session, ForwardPods.One)).One;
        Cluster.RemovePod("web-1");

        Assert.Equal(SocketError.ConnectionReset, await TestForwards.EndAsync(forward));
        Assert.Equal(ForwardState.Degraded, forward.State);
        Assert.Contains("the pod is gone", forward.LastFault!.Detail, StringComparison.Ordinal);

        // Somebody makes it again all the same.
        Cluster.AddPod("web-1");
        Assert.Equal("web-1 /", await TestForwards.GetAsync(forward));
    }

    [Fact]
    public async Task A_port_that_nothing_listens_at_resets_the_connection_and_says_why()
    {
        Cluster.AddPod("web-1");
        var forward = (await TestForwards.StartAsync(_session, ForwardPods.To("web-1", "81"))).One;

        Assert.Equal(SocketError.ConnectionReset, await TestForwards.EndAsync(forward));
        Assert.Equal(ForwardState.Degraded, forward.State);
        Assert.Contains("connection refused", forward.LastFault!.Detail, StringComparison.Ordinal);
        Assert.Equal("forward to port 81 of pod web/web-1", forward.LastFault.Operation);
    }

    [Fact]
    public async Task A_pod_that_refuses_is_left_for_another_that_is_ready()
    {
        Cluster.AddPod("web-1");
        Cluster.AddPod("web-2");
        Cluster.AddService("api", """{"port":80,"targetPort":81}""");
        var forward = (await TestForwards.StartAsync(_session, ForwardPods.To("svc/api", "80"))).One;
        var good = forward.Pod == "web-1" ? "web-2" : "web-1";
        Cluster.Containers.Use(ForwardPods.Namespace, good, new ContainerOptions { Ports = new Dictionary<int, Func<Stream, CancellationToken, Task>> { [81] = static (stream, stop) => stream.WriteAsync("it answers"u8.ToArray(), stop).AsTask() } });
        Assert.Equal(SocketError.ConnectionReset, await TestForwards.EndAsync(forward));

        Assert.Equal(SocketError.Success, await TestForwards.EndAsync(forward));
        Assert.Equal((good, ForwardState.Ready), (forward.Pod, forward.State));
    }

    [Fact]
    public async Task A_cluster_that_is_away_fails_connections_and_not_the_forward()
    {
        Cluster.AddPod("web-1");
        var forward = (await TestForwards.StartAsync(_session, ForwardPods.One)).One;
        var away = Cluster.Faults.Add(ClusterFault.Refuse());

        Assert.Equal(SocketError.ConnectionReset, await TestForwards.EndAsync(forward));
        Assert.Equal((ForwardState.Degraded, FaultPhase.Connect), (forward.State, forward.LastFault!.Phase));

        away.Dispose();
        Assert.Equal("web-1 /", await TestForwards.GetAsync(forward));
        Assert.Equal(ForwardState.Ready, forward.State);
    }

    [Fact]
    public async Task Who_may_not_forward_is_told_which_right_it_takes()
    {
        Cluster.AddPod("web-1");
        var forward = (await TestForwards.StartAsync(_session, ForwardPods.One)).One;
        using var refused = Cluster.Faults.Add(ClusterFault.Forbidden().When(static request => request.Subresource == "portforward"));

        Assert.Equal(SocketError.ConnectionReset, await TestForwards.EndAsync(forward));
        Assert.Equal(FaultPhase.Forbidden, forward.LastFault!.Phase);
        Assert.Contains("pods/portforward", forward.LastFault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_frees_the_port_at_once_and_resets_what_is_open()
    {
        Cluster.AddPod("web-1");
        var forward = (await TestForwards.StartAsync(_session, ForwardPods.One)).One;
        using var socket = await TestForwards.ConnectAsync(forward);
        await socket.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), SocketFlags.None, Stop);
        await TestSession.UntilAsync(() => forward.BytesIn > 0, "the pod has answered");

        forward.Stop();

        Assert.Equal(ForwardState.Stopped, forward.State);
        Assert.Empty(ForwardStore.Of(_session.Pool).All);
        Assert.Equal(SocketError.ConnectionRefused, (await Assert.ThrowsAsync<SocketException>(() => TestForwards.ConnectAsync(forward))).SocketErrorCode);
        Assert.Equal(SocketError.ConnectionReset, await TestForwards.EndAsync(socket));
        await TestForwards.ClosedAsync(forward);
    }

    [Fact]
    public async Task A_forward_ends_with_the_selection_of_its_cluster()
    {
        Cluster.AddPod("web-1");
        var forward = (await TestForwards.StartAsync(_session, ForwardPods.One)).One;

        await _session.Pool.DisconnectAsync([.. _session.Pool.Selected]);

        Assert.Equal((ForwardState.Stopped, "Cluster disconnected"), (forward.State, forward.LastFault?.Detail));
        await Assert.ThrowsAsync<SocketException>(() => TestForwards.ConnectAsync(forward));
    }

    [Fact]
    public async Task A_forward_ends_with_the_session()
    {
        Cluster.AddPod("web-1");
        var forward = (await TestForwards.StartAsync(_session, ForwardPods.One)).One;

        await _session.Pool.DisposeAsync();

        Assert.Equal(ForwardState.Stopped, forward.State);
        await Assert.ThrowsAsync<SocketException>(() => TestForwards.ConnectAsync(forward));
    }
}
