using System.Globalization;
using MultiCluster.Faults;
using MultiCluster.Forwarding;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Forwarding;

/// <summary>What may be forwarded to, and which port of which pod that means.</summary>
public sealed class ForwardTargetTests : IAsyncLifetime
{
    private TestSession _session = null!;

    private SimulatedCluster Cluster => _session.Fleet.Clusters[0];

    public async ValueTask InitializeAsync() => _session = await TestSession.SelectedAsync(ForwardPods.Empty);

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public async Task A_port_of_a_pod_answers_at_a_free_port_of_this_machine()
    {
        Cluster.AddPod("web-1");

        var forward = (await TestForwards.StartAsync(_session, ForwardPods.One)).One;

        Assert.Equal("web-1 /here", await TestForwards.GetAsync(forward, "/here"));
        Assert.Equal(("127.0.0.1", 8080, 8080), (forward.LocalAddress, forward.RemotePort, forward.PodPort));
        Assert.Equal(("web-1", "web-1", ForwardPods.Namespace), (forward.Target, forward.Pod, forward.Namespace));
        Assert.Equal($"http://127.0.0.1:{forward.LocalPort}/", $"{forward.Uri}");
        Assert.Equal(1, forward.Connections);
    }

    [Fact]
    public async Task Localhost_answers_by_IPv6_too_where_there_is_one()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "This machine has no IPv6.");
        Cluster.AddPod("web-1");

        var forward = (await TestForwards.StartAsync(_session, ForwardPods.One)).One;

        using var client = new HttpClient();
        Assert.Equal("web-1 /\n", await client.GetStringAsync(new Uri($"http://[::1]:{forward.LocalPort}/"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("80")]
    [InlineData("http")]
    public async Task A_port_of_a_Service_leads_to_its_target_port_by_name(string port)
    {
        Cluster.AddPod("web-1");
        Cluster.AddService("api");

        var forward = (await TestForwards.StartAsync(_session, ForwardPods.To("svc/api", port))).One;

        Assert.Equal("web-1 /", await TestForwards.GetAsync(forward));
        Assert.Equal(("service/api", 80, 8080), (forward.Target, forward.RemotePort, forward.PodPort));
    }

    [Theory]
    [InlineData("""{"port":8080}""", "10.96.0.9", 8080)]
    [InlineData("""{"port":80,"targetPort":8080}""", "10.96.0.9", 80)]
    [InlineData("""{"port":8080,"targetPort":81}""", "None", 8080)]
    public async Task A_Service_maps_as_it_says_and_a_headless_one_not_at_all(string spec, string address, int port)
    {
        Cluster.AddPod("web-1");
        Cluster.AddService("api", spec, address);

        var forward = (await TestForwards.StartAsync(_session, ForwardPods.To("svc/api", port.ToString(CultureInfo.InvariantCulture)))).One;

        Assert.Equal("web-1 /", await TestForwards.GetAsync(forward));
        Assert.Equal(8080, forward.PodPort);
    }

    [Fact]
    public async Task A_port_of_a_pod_may_be_named()
    {
        Cluster.AddPod("web-1");

        Assert.Equal(8080, (await TestForwards.StartAsync(_session, ForwardPods.To("web-1", "http"))).One.RemotePort);
    }

    [Fact]
    public async Task A_workload_leads_to_its_ready_pod()
    {
        var owner = Cluster.AddOwner("StatefulSet", "web");
        Cluster.AddPod("web-0", owner: owner, ready: false);
        Cluster.AddPod("web-1", owner: owner);
        Cluster.AddPod("alien");

        var forward = (await TestForwards.StartAsync(_session, ForwardPods.To("statefulset/web", "8080"))).One;

        Assert.Equal("web-1", forward.Pod);
        Assert.Equal("web-1 /", await TestForwards.GetAsync(forward));
    }

    [Fact]
    public async Task A_pod_that_runs_and_is_not_ready_will_do_where_there_is_no_other()
    {
        Cluster.AddPod("web-1", ready: false);
        Cluster.AddService("api");

        Assert.Equal("web-1 /", await TestForwards.GetAsync((await TestForwards.StartAsync(_session, ForwardPods.To("svc/api", "80"))).One));
    }

    [Fact]
    public async Task Each_port_and_each_target_has_a_forward_of_its_own()
    {
        Cluster.AddPod("web-1");
        Cluster.AddPod("web-2");

        var started = await TestForwards.StartAsync(_session, ForwardPods.To("web-*", "8080", "9090"));

        Assert.Equal([("web-1", 8080), ("web-1", 9090), ("web-2", 8080), ("web-2", 9090)], started.All.Select(static one => (one.Pod, one.RemotePort)).Order());
        Assert.Equal(4, started.All.Select(static one => one.LocalPort).Distinct().Count());
        Assert.Equal([1, 2, 3, 4], started.All.Select(static one => one.Id).Order());
    }

    [Theory]
    [InlineData("svc/api", "81", FaultPhase.NotFound, "there are: 80 (http), 53 (dns)")]
    [InlineData("svc/api", "grpc", FaultPhase.NotFound, "there are: 80 (http), 53 (dns)")]
    [InlineData("svc/api", "53", FaultPhase.Invalid, "port 53 of Service web/api is UDP, and only TCP can be forwarded")]
    [InlineData("web-1", "grpc", FaultPhase.NotFound, "there are: 8080 (http), 9999 (talk)")]
    [InlineData("web-1", "talk", FaultPhase.Invalid, "port talk of pod web/web-1 is UDP, and only TCP can be forwarded")]
    [InlineData("svc/none", "80", FaultPhase.NotFound, "services \"none\" not found")]
    [InlineData("web-9", "80", FaultPhase.NotFound, "pods \"web-9\" not found")]
    [InlineData("deployment/idle", "80", FaultPhase.NotFound, "it has no pods")]
    [InlineData("pending", "80", FaultPhase.NotFound, "the pod does not run (Pending)")]
    [InlineData("node/node-1", "80", FaultPhase.Invalid, "a node has no port of its own here")]
    public async Task What_cannot_be_forwarded_to_says_why_and_listens_nowhere(string target, string port, FaultPhase phase, string says)
    {
        Cluster.AddPod("web-1");
        Cluster.AddPod("pending", "\"app\":\"other\"", phase: "Pending", ready: false);
        Cluster.AddOwner("Deployment", "idle");
        Cluster.AddService("api", """{"name":"http","port":80},{"name":"dns","port":53,"protocol":"UDP"}""");

        var started = await TestForwards.StartAsync(_session, ForwardPods.To(target, port));

        Assert.Equal(phase, started.Fault.Phase);
        Assert.Contains(says, started.Fault.Detail, StringComparison.Ordinal);
        Assert.NotNull(started.Fault.Advice);
        Assert.Equal("sim-1", started.Fault.Cluster?.ClusterName);
        Assert.Empty(started.All);
        Assert.Empty(ForwardStore.Of(_session.Pool).All);
    }

    [Fact]
    public async Task What_fails_keeps_nothing_else_from_starting()
    {
        Cluster.AddPod("web-1");

        var started = await TestForwards.StartAsync(_session, ForwardPods.To("web-1", "8080", "nope") with { Names = ["gone", "web-1"] });

        Assert.Equal(2, started.Faults.Count);
        Assert.Equal("web-1 /", await TestForwards.GetAsync(started.One));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("80:")]
    [InlineData("70000:80")]
    [InlineData("-1:80")]
    [InlineData("1:2:3")]
    [InlineData("8 0")]
    public void What_is_no_port_is_refused(string text) => Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => ForwardPort.Parse(text)).Fault.Phase);

    [Theory]
    [InlineData("80", 0, "80")]
    [InlineData(":80", 0, "80")]
    [InlineData("0:80", 0, "80")]
    [InlineData("8080:http", 8080, "http")]
    [InlineData(":http-2", 0, "http-2")]
    public void A_port_is_written_as_kubectl_has_it(string text, int local, string remote) => Assert.Equal(new ForwardPort(local, remote), ForwardPort.Parse(text));
}
