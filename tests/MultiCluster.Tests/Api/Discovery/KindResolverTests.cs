using MultiCluster.Api.Discovery;
using MultiCluster.Faults;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Api.Discovery;

public sealed class KindResolverTests : IDisposable
{
    private readonly TestClock _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("multicluster-kinds-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ingresses", "networking.k8s.io/v1 Ingress")]
    [InlineData("Ingress", "networking.k8s.io/v1 Ingress")]
    [InlineData("ING", "networking.k8s.io/v1 Ingress")]
    [InlineData("hpa", "autoscaling/v2 HorizontalPodAutoscaler")]
    [InlineData("hpa.autoscaling", "autoscaling/v2 HorizontalPodAutoscaler")]
    [InlineData("horizontalpodautoscalers.v1.autoscaling", "autoscaling/v1 HorizontalPodAutoscaler")]
    [InlineData("HorizontalPodAutoscaler.v1.autoscaling", "autoscaling/v1 HorizontalPodAutoscaler")]
    [InlineData("autoscaling/v1/HorizontalPodAutoscaler", "autoscaling/v1 HorizontalPodAutoscaler")]
    [InlineData("events", "v1 Event")]
    [InlineData("ev", "v1 Event")]
    [InlineData("events.events.k8s.io", "events.k8s.io/v1 Event")]
    [InlineData("Event.v1.events.k8s.io", "events.k8s.io/v1 Event")]
    [InlineData("events.v1", "v1 Event")]
    [InlineData("v1/Event", "v1 Event")]
    [InlineData("pods", "v1 Pod")]
    [InlineData("pods.metrics.k8s.io", "metrics.k8s.io/v1beta1 PodMetrics")]
    [InlineData("PodMetrics", "metrics.k8s.io/v1beta1 PodMetrics")]
    [InlineData("cluster", "cluster.x-k8s.io/v1beta1 Cluster")]
    [InlineData("clusters.postgresql.cnpg.io", "postgresql.cnpg.io/v1 Cluster")]
    [InlineData("postgresql.cnpg.io/Cluster", "postgresql.cnpg.io/v1 Cluster")]
    [InlineData(" deploy ", "apps/v1 Deployment")]
    [InlineData("ingress.networking", "networking.k8s.io/v1 Ingress")] // the beginning of a group, as in kubectl
    [InlineData("ing.net", "networking.k8s.io/v1 Ingress")]
    [InlineData("ingress.v1.networking", "networking.k8s.io/v1 Ingress")]
    [InlineData("cluster.postgresql", "postgresql.cnpg.io/v1 Cluster")]
    [InlineData("pods.metrics", "metrics.k8s.io/v1beta1 PodMetrics")]
    [InlineData("hpa.v1.auto", "autoscaling/v1 HorizontalPodAutoscaler")]
    public async Task A_kind_is_found_by_what_people_call_it(string text, string expected)
    {
        var kinds = Resolver(RecordedDiscovery.Of(Recordings.Aggregated()));

        Assert.Equal(expected, (await kinds.ResolveAsync(text, Cancellation)).ToString());
        await kinds.GetAllAsync(refresh: false, Cancellation);
        Assert.Equal(expected, (await kinds.ResolveAsync(text, Cancellation)).ToString());
    }

    [Theory]
    [InlineData("ing", "extensions/v1beta1 Ingress")]
    [InlineData("ingresses.networking.k8s.io", "networking.k8s.io/v1 Ingress")]
    [InlineData("cj", "batch/v1beta1 CronJob")]
    [InlineData("widget", "example.com/v1 Widget")]
    [InlineData("widgets.v2alpha1.example.com", "example.com/v2alpha1 Widget")]
    public async Task On_an_old_server_its_preferred_order_decides(string text, string expected) =>
        Assert.Equal(expected, (await Resolver(RecordedDiscovery.Of(Recordings.Legacy())).ResolveAsync(text, Cancellation)).ToString());

    [Theory]
    [InlineData("networking/v1/Ingress")]
    [InlineData("networking/Ingress")]
    public async Task The_group_of_an_apiVersion_is_whole(string text)
    {
        var e = await Assert.ThrowsAsync<FaultException>(() => Resolver(RecordedDiscovery.Of(Recordings.Aggregated())).ResolveAsync(text, Cancellation).AsTask());

        Assert.Equal(FaultPhase.KindNotFound, e.Fault.Phase);
    }

    [Fact]
    public async Task The_beginning_of_two_groups_chooses_none_and_both_are_named()
    {
        var documents = Recordings.Aggregated();
        documents["/apis"] = documents["/apis"].Replace("postgresql.cnpg.io", "cluster.cnpg.io", StringComparison.Ordinal);

        var e = await Assert.ThrowsAsync<FaultException>(() => Resolver(RecordedDiscovery.Of(documents)).ResolveAsync("cluster.cl", Cancellation).AsTask());

        Assert.Equal(FaultPhase.KindNotFound, e.Fault.Phase);
        Assert.StartsWith("Did you mean clusters.cluster.x-k8s.io or clusters.cluster.cnpg.io?", e.Fault.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cluster", "postgresql.cnpg.io/v1 Cluster")]
    [InlineData("cl", "")] // a short name of the one only
    [InlineData("clusters.postgresql.cnpg.io", "")] // its group has been said
    [InlineData("pods", "")] // who says pods means pods
    [InlineData("events", "")]
    public async Task What_a_name_could_mean_as_well_is_known(string text, string expected)
    {
        var kinds = Resolver(RecordedDiscovery.Of(Recordings.Aggregated()));
        await kinds.GetAllAsync(refresh: false, Cancellation);

        Assert.Equal(expected, string.Join(", ", kinds.Rivals(text, await kinds.ResolveAsync(text, Cancellation))));
    }

    [Fact]
    public async Task A_kind_that_Kubernetes_moved_to_another_of_its_groups_is_no_other()
    {
        var kinds = Resolver(RecordedDiscovery.Of(Recordings.Legacy()));

        Assert.Empty(kinds.Rivals("ing", await kinds.ResolveAsync("ing", Cancellation)));
    }

    [Theory]
    [InlineData("pods")]
    [InlineData("po")]
    [InlineData("Node")]
    [InlineData("svc")]
    [InlineData("deploy")]
    [InlineData("apps/v1/Deployment")]
    [InlineData("statefulsets.apps")]
    [InlineData("job")]
    [InlineData("crd")]
    [InlineData("sc")]
    [InlineData("clusterrole")]
    public async Task Kinds_that_all_servers_have_cost_no_request(string text)
    {
        var server = RecordedDiscovery.Of(Recordings.Legacy());

        await Resolver(server).ResolveAsync(text, Cancellation);

        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("ingress")]
    [InlineData("cronjob")]
    [InlineData("hpa")]
    [InlineData("pdb")]
    [InlineData("endpointslice")]
    [InlineData("deployments.v1beta1.apps")]
    public void Kinds_whose_version_depends_on_the_server_are_never_assumed(string text) =>
        Assert.Null(KindName.Find(text, BuiltInKinds.All));

    [Fact]
    public async Task Many_who_ask_at_once_share_one_request()
    {
        var gate = new TaskCompletionSource();
        var server = RecordedDiscovery.Of(Recordings.Aggregated());
        server.Answer("/api", async (_, _) =>
        {
            await gate.Task;
            return RecordedDiscovery.Text(Recordings.Aggregated()["/api"]);
        });
        var kinds = Resolver(server);

        var asked = Enumerable.Range(0, 20).Select(_ => kinds.ResolveAsync("ingress", Cancellation).AsTask()).ToList();
        gate.SetResult();
        await Task.WhenAll(asked);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task One_who_leaves_takes_nothing_from_those_who_wait()
    {
        var gate = new TaskCompletionSource();
        var server = RecordedDiscovery.Of(Recordings.Aggregated());
        server.Answer("/api", async (_, cancellationToken) =>
        {
            await gate.Task.WaitAsync(cancellationToken);
            return RecordedDiscovery.Text(Recordings.Aggregated()["/api"]);
        });
        var kinds = Resolver(server);
        using var stop = new CancellationTokenSource();

        var leaves = kinds.ResolveAsync("ingress", stop.Token).AsTask();
        var waits = kinds.ResolveAsync("ingress", Cancellation).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        gate.SetResult();
        Assert.Equal("Ingress", (await waits).Kind);
    }

    [Fact]
    public async Task When_all_have_left_the_request_is_cancelled_and_the_next_asks_anew()
    {
        var cancelled = new TaskCompletionSource();
        var hang = true;
        var server = RecordedDiscovery.Of(Recordings.Aggregated());
        server.Answer("/api", async (_, cancellationToken) =>
        {
            if (hang)
            {
                await using var registration = cancellationToken.Register(cancelled.SetResult);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return RecordedDiscovery.Text(Recordings.Aggregated()["/api"]);
        });
        var kinds = Resolver(server);
        using var stop = new CancellationTokenSource();

        var asked = kinds.ResolveAsync("ingress", stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await cancelled.Task.WaitAsync(Cancellation);
        hang = false;
        Assert.Equal("Ingress", (await kinds.ResolveAsync("ingress", Cancellation)).Kind);
    }

    [Fact]
    public async Task An_unknown_kind_is_a_fault_with_what_may_be_meant()
    {
        var kinds = Resolver(RecordedDiscovery.Of(Recordings.Aggregated()));

        var fault = await FaultOfAsync(kinds, "ingreses");

        Assert.Equal(FaultPhase.KindNotFound, fault.Phase);
        Assert.Equal("the cluster serves no kind \"ingreses\"", fault.Detail);
        Assert.StartsWith("Did you mean ingresses.networking.k8s.io? Get-KubeApiResource lists", fault.Advice, StringComparison.Ordinal);
        Assert.Contains("metrics.k8s.io/v1beta1", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_over_an_unknown_kind_asks_once_in_thirty_seconds()
    {
        var server = RecordedDiscovery.Of(Recordings.Aggregated());
        var kinds = Resolver(server);

        for (var i = 0; i < 10; i++)
            await FaultOfAsync(kinds, i % 2 == 0 ? "nothing" : "NOTHING");
        Assert.Equal(2, server.Requests.Count);

        _time.Advance(TimeSpan.FromSeconds(30));
        await FaultOfAsync(kinds, "nothing");
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_kind_that_is_new_on_the_server_is_found_by_asking_again()
    {
        var server = RecordedDiscovery.Of(Recordings.Legacy());
        var kinds = Resolver(server);
        await kinds.GetAllAsync(refresh: false, Cancellation);

        server.Answer("/apis/example.com/v1", Recordings.List("example.com/v1", """{"name":"gadgets","kind":"Gadget"}"""));

        Assert.Equal("Gadget", (await kinds.ResolveAsync("gadgets", Cancellation)).Kind);
    }

    [Fact]
    public async Task When_half_of_the_api_is_missing_a_kind_is_not_called_unknown()
    {
        var server = RecordedDiscovery.Of(Recordings.Aggregated()).Fail("/apis", FaultPhase.Server, 503, "503 Service Unavailable");
        var kinds = Resolver(server);

        Assert.Equal(FaultPhase.Server, (await FaultOfAsync(kinds, "ingress")).Phase);

        server.Answer("/apis", Recordings.Aggregated()["/apis"]);
        Assert.Equal("Ingress", (await kinds.ResolveAsync("ingress", Cancellation)).Kind);
    }

    [Fact]
    public async Task A_new_session_starts_from_the_disk()
    {
        await Resolver(RecordedDiscovery.Of(Recordings.Aggregated()), Disk()).GetAllAsync(refresh: false, Cancellation);
        var server = RecordedDiscovery.Of(Recordings.Aggregated());
        var kinds = Resolver(server, Disk());

        Assert.Contains(kinds.Known, kind => kind.Kind == "Cluster");
        Assert.Equal("Ingress", (await kinds.ResolveAsync("ingress", Cancellation)).Kind);
        await kinds.GetAllAsync(refresh: false, Cancellation);
        Assert.Empty(server.Requests);

        await kinds.GetAllAsync(refresh: true, Cancellation);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Half_an_api_is_not_kept()
    {
        var server = RecordedDiscovery.Of(Recordings.Aggregated()).Fail("/api", FaultPhase.Server, 503, "503 Service Unavailable");

        await Resolver(server, Disk()).GetAllAsync(refresh: false, Cancellation);

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Memory_grows_old_after_six_hours()
    {
        var server = RecordedDiscovery.Of(Recordings.Aggregated());
        var kinds = Resolver(server);
        await kinds.ResolveAsync("ingress", Cancellation);

        _time.Advance(TimeSpan.FromHours(6));
        await kinds.ResolveAsync("ingress", Cancellation);

        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public void Without_network_the_kinds_of_all_servers_are_known()
    {
        var server = RecordedDiscovery.Of(Recordings.Aggregated());

        Assert.Contains(Resolver(server, Disk()).Known, kind => kind.Kind == "Pod");
        Assert.Empty(server.Requests);
    }

    private static async Task<Fault> FaultOfAsync(KindResolver kinds, string text) =>
        (await Assert.ThrowsAsync<FaultException>(async () => await kinds.ResolveAsync(text, Cancellation))).Fault;

    private DiscoveryDiskCache Disk() => new(_folder, _time);

    private KindResolver Resolver(RecordedDiscovery server, DiscoveryDiskCache? disk = null) =>
        new(new DiscoveryClient(server, _time), _time, disk, "key");
}
